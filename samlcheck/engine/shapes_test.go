package engine

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// TestLessons: a question teaches nothing about another one; controls do.
func TestLessons(t *testing.T) {
	t.Parallel()
	question := string(trial.Question)
	asked := transcript.Run{ID: "asked", Part: question}
	rec := transcript.Record{Face: "okta", Runs: []transcript.Run{
		{ID: "clean"}, {ID: "other", Part: question}, asked, {ID: "stranger"},
	}}
	got := lessons(rec, asked)
	var ids []string
	for _, r := range got.Runs {
		ids = append(ids, r.ID)
	}
	assert.Equal(t, []string{"clean", "asked", "stranger"}, ids)
	assert.Equal(t, "okta", got.Face)
	assert.Len(t, rec.Runs, 4, "the record itself stays whole")
}

func TestPointless(t *testing.T) {
	t.Parallel()
	good := trial.Trial{Name: "good-both"}
	p := &Plan{Trials: []trial.Trial{good}}
	only, other := trial.Trial{Name: "x", Only: good.Name}, trial.Trial{Name: "y", Only: "no such trial"}
	looked := 0
	s := shapes{refused: map[string]bool{}, seen: func() transcript.Record { looked++; return transcript.Record{} }}
	assert.False(t, s.pointless(p, trial.Trial{Name: "of every shape"}))
	assert.False(t, s.pointless(p, other))
	assert.Zero(t, looked)
	assert.False(t, s.pointless(p, only), "nothing was seen, so nothing was refused")
	assert.False(t, s.pointless(p, only))
	assert.Equal(t, 1, looked, "the record is weighed once")
	s.refused[good.Key()] = true
	assert.True(t, s.pointless(p, only))
	assert.False(t, shapes{refused: s.refused}.pointless(p, only), "without a view of the record every trial is performed")
}

func TestMoreRepeats(t *testing.T) {
	t.Parallel()
	order := []Performance{{Again: 0}, {Again: 1}, {Again: 1}, {Again: 2}}
	assert.False(t, moreRepeats(order, 0))
	assert.True(t, moreRepeats(order, 1))
	assert.False(t, moreRepeats(order, 2))
	assert.False(t, moreRepeats(order, 3), "the last of all")
}
