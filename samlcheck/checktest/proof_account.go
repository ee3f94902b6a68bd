package checktest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp/face"
)

// Experiments proves checks that need more than a good stand-in to hold: their
// Proof names the mode or habit in which they do. Under both faces,
//
//   - where a check holds, it passes under one face at least and objects under
//     none;
//   - where it is violated, it objects under one face at least and passes under
//     none;
//   - anywhere else that some Proof names, it does not object.
func Experiments(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	b := newBench(t)
	settings := wrongs(checks)
	for _, c := range checks {
		if !slices.Contains(settings, c.Proof.Holds) {
			settings = append(settings, c.Proof.Holds)
		}
	}
	for _, setting := range settings {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			o, err := options(setting)
			require.NoError(t, err)
			seen := map[string]map[string]samlcheck.Finding{}
			for _, name := range face.All() {
				seen[name] = b.run(t, name, o, checks)
			}
			for _, c := range checks {
				try(t, c, setting, seen)
			}
		})
	}
}

func try(t *testing.T, c samlcheck.Check, setting string, seen map[string]map[string]samlcheck.Finding) {
	t.Helper()
	said := map[samlcheck.Outcome]string{}
	for name, findings := range seen {
		f := findings[c.ID]
		said[f.Outcome] += name + ": " + f.Because + "\n"
	}
	switch {
	case slices.Contains(strings.Fields(c.Proof.Violated), setting):
		assert.Contains(t, said, samlcheck.Fail, "%s overlooks %s: %v", c.ID, setting, said)
		assert.NotContains(t, said, samlcheck.Pass, "%s overlooks %s: %v", c.ID, setting, said)
	case setting == c.Proof.Holds:
		assert.Contains(t, said, samlcheck.Pass, "%s does not hold in %s: %v", c.ID, setting, said)
		assert.NotContains(t, said, samlcheck.Inconclusive, "%s cannot tell in %s: %v", c.ID, setting, said)
		fallthrough
	default:
		assert.NotContains(t, said, samlcheck.Fail, "%s objects to %s and does not name it: %v", c.ID, setting, said)
	}
}
