package checktest

import (
	"cmp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp/face"
)

// Alone proves the checks whose wrong keeps everybody out, so that no other
// check could be judged beside it (Proof.Holds is "stand-in:alone"): under both
// faces they hold on the good stand-in and object to the wrongs that they name.
func Alone(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	checks = standIn(checks, "stand-in:alone")
	require.NotEmpty(t, checks)
	b := newBench(t)
	for _, c := range checks {
		for _, wrong := range append([]string{""}, strings.Fields(c.Proof.Violated)...) {
			t.Run(c.ID+"/"+cmp.Or(wrong, "good"), func(t *testing.T) {
				t.Parallel()
				o, err := options(wrong)
				require.NoError(t, err)
				want := samlcheck.Pass
				if wrong != "" {
					want = samlcheck.Fail
				}
				for _, name := range face.All() {
					f := b.run(t, name, o, []samlcheck.Check{c})[c.ID]
					assert.Equal(t, want, f.Outcome, "%s: %s", name, f.Because)
				}
			})
		}
	}
}
