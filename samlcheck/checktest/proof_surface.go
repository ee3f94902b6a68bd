package checktest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/samepage"
)

// Surface proves the checks of the surface probe on stand-ins that offer each
// thing there is, and on the one that offers nothing: a check holds where its
// Proof says so and nowhere else, and objects where its Proof says so. Anywhere
// else it may be undecided.
func Surface(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	b := newBench(t)
	kinds := []string{"stand-in"}
	for _, x := range samepage.Surfaces() {
		kinds = append(kinds, "surface:"+string(x))
	}
	for _, c := range checks {
		for _, name := range strings.Fields(c.Proof.Holds + " " + c.Proof.Violated) {
			require.Contains(t, kinds, name, c.ID)
		}
	}
	for i, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var o samepage.Options
			if name, ok := strings.CutPrefix(kind, "surface:"); ok {
				o.Surface = []samepage.Surface{samepage.Surface(name)}
			}
			for id, f := range b.run(t, face.All()[i%len(face.All())], o, checks) {
				c := checks[slices.IndexFunc(checks, func(c samlcheck.Check) bool { return c.ID == id })]
				switch {
				case slices.Contains(strings.Fields(c.Proof.Holds), kind):
					assert.Equal(t, samlcheck.Pass, f.Outcome, "%s: %s", id, f.Because)
				case slices.Contains(strings.Fields(c.Proof.Violated), kind):
					assert.Equal(t, samlcheck.Fail, f.Outcome, "%s: %s", id, f.Because)
				default:
					assert.NotEqual(t, samlcheck.Pass, f.Outcome, "%s holds with %s and does not name it: %s", id, kind, f.Because)
				}
			}
		})
	}
}
