package checktest

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
)

// ProvenByFixtures shows every check whose Proof names fixtures the one on which it
// holds and the one on which it is violated. It returns how many it proved.
func ProvenByFixtures(t *testing.T, fsys fs.FS, checks []samlcheck.Check, now time.Time) int {
	t.Helper()
	n := 0
	for _, c := range checks {
		holds, ok1 := strings.CutPrefix(c.Proof.Holds, "fixture:")
		violated, ok2 := strings.CutPrefix(c.Proof.Violated, "fixture:")
		if !ok1 && !ok2 {
			continue // proven by the stand-in
		}
		n++
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			if ok1 {
				v := c.Judge(load(t, fsys, holds, now))
				assert.Equal(t, samlcheck.Pass, v.Outcome(samlcheck.Must), "on %s: %s", holds, v.Because)
			}
			if ok2 {
				v := c.Judge(load(t, fsys, violated, now))
				assert.Equal(t, samlcheck.Fail, v.Outcome(samlcheck.Must), "on %s: %s", violated, v.Because)
			}
		})
	}
	return n
}

// Cited fails for a check that rests on a clause which nobody has looked up.
func Cited(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	for _, c := range checks {
		for _, clause := range c.Cites {
			assert.True(t, clause.Known(), "%s cites %s, which package cite does not know: look it up and add it there", c.ID, clause)
		}
	}
}
