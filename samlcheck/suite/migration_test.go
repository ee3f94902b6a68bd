package suite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// The move from Okta to Entra, with both at one service provider: who keeps
// accounts by identity provider and NameID has the member twice afterwards.
func TestTheMoveToAnotherIdentityProvider(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		habits []samepage.Habit
		second samlcheck.Outcome
	}{
		"linked by address": {nil, samlcheck.Pass},
		"linked by NameID":  {[]samepage.Habit{samepage.HabitByNameID}, samlcheck.Warn},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sp, tg := standIn(t, "okta", true, samepage.Options{JIT: create, Habits: tt.habits})
			entra, err := suite.IdP("entra", suite.Options{Loaded: tg})
			require.NoError(t, err)
			require.NoError(t, sp.Server.AddIdP(entra.Metadata()))
			require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
			both, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, true)), nil)
			require.NoError(t, err)
			res, err := suite.Run(t.Context(), suite.Options{Loaded: both, Faces: []string{"okta", "entra"}, Select: []string{"account/known-twice"}})
			require.NoError(t, err)
			require.Len(t, res.Report.Faces, 2)
			assert.Equal(t, samlcheck.Pass, onlyOutcome(t, res.Report.Faces[0]))
			assert.Equal(t, tt.second, onlyOutcome(t, res.Report.Faces[1]))
		})
	}
}

// onlyOutcome is that of the one finding.
func onlyOutcome(t *testing.T, f report.Face) samlcheck.Outcome {
	t.Helper()
	require.Len(t, f.Findings, 1)
	t.Log(f.Face, f.Findings[0].Because)
	return f.Findings[0].Outcome
}
