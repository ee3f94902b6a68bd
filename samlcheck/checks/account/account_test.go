package account

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/trial"
)

func TestChecksAreValid(t *testing.T) {
	t.Parallel()
	assert.Empty(t, samlcheck.Validate(Checks))
}

// A judge that is given nothing says so.
func TestJudgesOfNothing(t *testing.T) {
	t.Parallel()
	for _, c := range Checks {
		assert.Equal(t, samlcheck.Inconclusive, c.Judge(&samlcheck.Case{}).Outcome(samlcheck.Must), c.ID)
	}
}

// Every person who is not known carries the run's id, no two experiments share a
// member, and every variant is one that can be made.
func TestPeople(t *testing.T) {
	t.Parallel()
	for _, c := range Checks {
		for _, p := range trial.People(c.Trials) {
			if p == trial.Known {
				continue
			}
			assert.Contains(t, string(p), "fresh-", c.ID)
			if p != p.Base() {
				v, ok := p.Variant()
				assert.True(t, ok && len(v.Changes) > 0, "%s: nobody knows how to make %s", c.ID, p)
			}
		}
	}
}

// What the experiments cost is seen beforehand: a login or a person more must be
// a decision.
func TestCost(t *testing.T) {
	t.Parallel()
	may := engine.Permission{Accounts: true, Forgery: true}
	all := engine.NewPlan(Checks, may)
	assert.Empty(t, all.Skipped)
	cost := all.Cost()
	assert.Zero(t, cost.Forged, "accounts are asked about with honest messages")
	bases := map[trial.Person]bool{}
	for _, p := range cost.Enrolled {
		bases[trial.Person(p).Base()] = true
	}
	assert.Len(t, bases, 12, "fresh-1, the member, nine of unusual kinds, and the pair")
	assert.LessOrEqual(t, cost.Logins, 45)
	assert.Empty(t, engine.NewPlan(Checks, engine.Permission{Forgery: true}).Checks, "nothing without consent")
}

// The order is part of the evidence.
func TestOrder(t *testing.T) {
	t.Parallel()
	at := map[string]int{}
	for i, s := range experiment() {
		at[s.Name] = i
	}
	for i, s := range newcomers() {
		at[s.Name] = i
	}
	for _, pair := range [][2]string{
		{memberInvite, memberFirst}, {memberFirst, viewFirst}, {viewFirst, memberAgain}, {memberAgain, viewAgain},
		{viewAgain, memberLetterCase}, {viewLetterCase, memberNameID}, {memberNameID, viewNameID}, {memberAgain, memberAdmin},
		{memberRenamed, memberAdmin}, {memberAdmin, memberGroups}, {memberGroups, memberPlain}, {viewNameID, memberAddress},
		{memberAddress, viewAddress}, {viewAddress, memberBack}, {memberBack, memberDisable}, {memberDisable, memberDisabled},
		{memberDisabled, memberRemove}, {memberRemove, memberRemoved}, {oracle.TrialFresh1, newNoEmail}, {newLong, newPair},
		{newPair, newLast}, {newLast, viewNew},
	} {
		require.Contains(t, at, pair[0])
		require.Contains(t, at, pair[1])
		assert.Less(t, at[pair[0]], at[pair[1]], "%s comes before %s", pair[0], pair[1])
	}
}
