package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.com/samepage/samlcheck/transcript"
)

// TestTable is the table of lifecycle.md, cell by cell.
func TestTable(t *testing.T) {
	t.Parallel()
	none, shows := membersView{}, membersView{state: viewShows}
	lacks, fresh := membersView{state: viewLacks}, membersView{state: viewLacks, fresh: true}
	blind, late := membersView{state: viewBlind}, membersView{state: viewLate}
	rows := []struct {
		e                                      entry
		none, shows, lacks, fresh, late, blind string
	}{
		{entryIn, "admitted observed", "created confirmed", "unlisted observed", "unlisted observed", "unlisted observed", "admitted observed"},
		{entryOut, "shut observed", "created-waiting confirmed", "not-provisioned observed", "not-provisioned confirmed", "shut observed", "shut observed"},
		{entryForm, "asks observed", "created-waiting confirmed", "asks observed", "asks confirmed", "asks observed", "asks observed"},
		{entrySession, "not-admitted observed", "created-not-admitted confirmed", "not-admitted observed", "not-admitted confirmed", "not-admitted observed", "not-admitted observed"},
		{entryAccepted, "accepted observed", "created confirmed", "accepted observed", "accepted observed", "accepted observed", "accepted observed"},
		{entryLate, "late observed", "created confirmed", "late observed", "late observed", "late observed", "late observed"},
		{entryOpen, "undecided observed", "created-unseen confirmed", "undecided observed", "undecided observed", "undecided observed", "undecided observed"},
	}
	for _, r := range rows {
		for _, c := range []struct {
			view membersView
			want string
		}{{none, r.none}, {shows, r.shows}, {lacks, r.lacks}, {fresh, r.fresh}, {late, r.late}, {blind, r.blind}} {
			v, sure := table(r.e, c.view)
			assert.Equal(t, c.want, fmt.Sprintf("%s %s", v, sure), "entry %d, view %d", r.e, c.view.state)
			assert.NotEmpty(t, explain(v, c.view))
		}
	}
}

func TestEntryOf(t *testing.T) {
	t.Parallel()
	all := []transcript.Landing{
		transcript.In, transcript.Out, transcript.Form, transcript.Session, transcript.Accepted, transcript.Mixed, transcript.Unreadable,
	}
	for _, a := range all {
		for _, b := range all {
			got := entryOf(Landing{Where: a}, Landing{Where: b})
			switch {
			case a == transcript.Out && b == transcript.In:
				assert.Equal(t, entryLate, got)
			case a != b, a == transcript.Mixed, a == transcript.Unreadable:
				assert.Equal(t, entryOpen, got, "%s, then %s", a, b)
			default:
				assert.NotEqual(t, entryOpen, got, "%s twice", a)
			}
		}
	}
}

// TestThresholdsSweep moves each threshold until a verdict of the table becomes
// wrong, and wants the house value well inside.
func TestThresholdsSweep(t *testing.T) {
	t.Parallel()
	gathered := map[string]*Model{}
	for _, m := range modes() {
		gathered[m.name] = gather(m.play(experiment))
	}
	fits := func(r rules) bool {
		for _, m := range modes() {
			model := *gathered[m.name]
			model.rules = r
			model.teach()
			if !allowed(m, model.JIT()) {
				return false
			}
		}
		return true
	}
	for _, c := range []struct {
		name   string
		at     float64
		margin float64
		set    func(*rules, float64)
	}{
		{"good words", goodWordsNeeded, 0.2, func(r *rules, v float64) { r.goodWords = v }},
		{"good words of a bad page", badPageGoodWords, 0.2, func(r *rules, v float64) { r.badPageGood = v }},
		{"bad words", badWordsAllowed, 0.2, func(r *rules, v float64) { r.badWords = v }},
		{"soft needed", softNeeded, 0.2, func(r *rules, v float64) { r.soft = v }},
		{"soft hardly", softHardly, 0.2, func(r *rules, v float64) { r.softHardly = v }},
	} {
		from, to := c.at, c.at
		for step := range 10 {
			r, v := house(), float64(step+1)*0.1
			c.set(&r, v)
			if fits(r) {
				from, to = min(from, v), max(to, v)
			}
		}
		t.Logf("%s: %.2f may be anything from %.2f to %.2f", c.name, c.at, from, to)
		for _, v := range []float64{c.at - c.margin, c.at + c.margin} {
			r := house()
			c.set(&r, v)
			assert.True(t, fits(r), "%s at %.2f changes a verdict", c.name, v)
		}
	}
}

// TestPure: nothing is changed in the record, and the same record gives the
// same answers.
func TestPure(t *testing.T) {
	t.Parallel()
	for _, m := range modes() {
		rec := m.play(experiment)
		before, err := json.Marshal(rec)
		require.NoError(t, err)
		one, two := Learn(rec), Learn(rec)
		assert.Equal(t, one.JIT(), two.JIT(), m.name)
		again := one.JIT()
		assert.Equal(t, two.JIT(), again, m.name)
		for _, r := range rec.Runs {
			l := one.Land(r.Last())
			assert.Equal(t, l, two.Land(r.Last()), "%s: %s", m.name, r.Trial)
			assert.NotEmpty(t, l.Because, "%s: %s", m.name, r.Trial)
		}
		after, err := json.Marshal(rec)
		require.NoError(t, err)
		assert.JSONEq(t, string(before), string(after), m.name)
	}
}

// TestOrderOnThePageDoesNotMatter: cookies, links, fields and the runs' order
// in the file are no evidence.
func TestOrderOnThePageDoesNotMatter(t *testing.T) {
	t.Parallel()
	all := modes()
	rapid.Check(t, func(r *rapid.T) {
		m := all[rapid.IntRange(0, len(all)-1).Draw(r, "mode")]
		plain, mixed := m.play(experiment), m.play(experiment)
		for i := range mixed.Runs {
			for j := range mixed.Runs[i].Steps {
				s := &mixed.Runs[i].Steps[j]
				shuffleHops(r, s.Login)
				for k := range s.Visits {
					shuffleHops(r, s.Visits[k].Hops)
				}
			}
		}
		mixed.Runs = rapid.Permutation(mixed.Runs).Draw(r, "runs")
		a, b := Learn(plain), Learn(mixed)
		for _, run := range plain.Runs {
			i := slices.IndexFunc(mixed.Runs, func(o transcript.Run) bool { return o.Trial == run.Trial })
			assert.Equal(r, a.Land(run.Last()), b.Land(mixed.Runs[i].Last()), run.Trial)
		}
		assert.Equal(r, a.JIT(), b.JIT())
	})
}

func shuffleHops(r *rapid.T, hops []transcript.Hop) {
	for i := range hops {
		hops[i].Cookies = rapid.Permutation(hops[i].Cookies).Draw(r, "cookies")
		hops[i].Links = rapid.Permutation(hops[i].Links).Draw(r, "links")
		hops[i].Forms = rapid.Permutation(hops[i].Forms).Draw(r, "forms")
		hops[i].JSONKeys = rapid.Permutation(hops[i].JSONKeys).Draw(r, "keys")
		hops[i].Tokens = rapid.Permutation(hops[i].Tokens).Draw(r, "tokens")
	}
}
