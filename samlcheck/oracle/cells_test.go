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

// Void stands before every column, and what the view shows of a late newcomer is
// said to be late.
func TestTableOverTheView(t *testing.T) {
	t.Parallel()
	for _, quirks := range [][]string{nil, {"stale"}, {"blind"}, {"directory"}} {
		for _, jit := range []string{"off", "create", "inactive", "form", "gate"} {
			for _, noView := range []bool{true, false} {
				j := Learn(scene{jit: jit, quirks: append([]string{"any-key"}, quirks...), noView: noView}.play(experiment)).JIT()
				assert.Equal(t, Void, j.Verdict, "%s %v", jit, quirks)
			}
		}
	}
	for _, noView := range []bool{true, false} {
		j := Learn(scene{jit: "create", quirks: []string{"late"}, noView: noView}.play(experiment)).JIT()
		assert.True(t, hasFinding(j.Findings, "late: the newcomer's first login did not get in"), j.Findings)
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

// TestThresholdsSweep moves each threshold, alone, until a verdict of the table
// changes, and until one becomes wrong; docs/lifecycle.md has the numbers (-v
// prints them). The house value must be well inside of what is not wrong.
func TestThresholdsSweep(t *testing.T) {
	t.Parallel()
	gathered, house1 := map[string]*Model{}, map[string]Verdict{}
	for _, m := range modes() {
		gathered[m.name] = gather(m.play(experiment))
		house1[m.name] = learn(m.play(experiment), house()).JIT().Verdict
	}
	try := func(r rules) (right, same bool) {
		right, same = true, true
		for _, m := range modes() {
			model := *gathered[m.name]
			model.findings, model.rules = nil, r
			model.teach()
			j := model.JIT()
			right = right && allowed(m, j)
			same = same && j.Verdict == house1[m.name]
		}
		return right, same
	}
	for _, c := range []struct {
		name        string
		at, margin  float64
		first, last float64
		step        float64
		set         func(*rules, float64)
	}{
		{"goodWordsNeeded", goodWordsNeeded, 0.2, 0.05, 1, 0.05, func(r *rules, v float64) { r.goodWords = v }},
		{"badPageGoodWords", badPageGoodWords, 0.2, 0.05, 1, 0.05, func(r *rules, v float64) { r.badPageGood = v }},
		{"badWordsAllowed", badWordsAllowed, 0.2, 0.05, 1, 0.05, func(r *rules, v float64) { r.badWords = v }},
		{"softNeeded", softNeeded, 0.2, 0, 0.95, 0.05, func(r *rules, v float64) { r.soft = v }},
		{"softHardly", softHardly, 0.2, 0, 0.95, 0.05, func(r *rules, v float64) { r.softHardly = v }},
		{"waysKnown", waysKnown, 1, 1, 6, 1, func(r *rules, v float64) { r.waysKnown = int(v) }},
	} {
		var rights, sames []float64
		for n := 0; c.first+float64(n)*c.step <= c.last+c.step/2; n++ {
			v, r := c.first+float64(n)*c.step, house()
			c.set(&r, v)
			right, same := try(r)
			if right {
				rights = append(rights, v)
			}
			if same {
				sames = append(sames, v)
			}
		}
		t.Logf("%s %.2f: not wrong %.2f to %.2f (%d values), no verdict changes %.2f to %.2f (%d values)",
			c.name, c.at, slices.Min(rights), slices.Max(rights), len(rights), slices.Min(sames), slices.Max(sames), len(sames))
		for _, v := range []float64{c.at - c.margin, c.at + c.margin} {
			r := house()
			c.set(&r, v)
			right, _ := try(r)
			assert.True(t, right, "%s at %.2f makes a verdict wrong", c.name, v)
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
