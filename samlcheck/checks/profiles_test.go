package checks

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
)

func TestProfiles(t *testing.T) {
	t.Parallel()
	has := func(cs []samlcheck.Check, id string) bool {
		return slices.ContainsFunc(cs, func(c samlcheck.Check) bool { return c.ID == id })
	}
	all := len(All())
	for _, c := range []struct{ name, with, without string }{
		{"full", "response/status-not-success", ""},
		{"quick", "provisioning/jit-on-first-login", "response/status-not-success"},
		{"security", "signature/unsigned", "spmetadata/acs-https"},
		{"metadata", "spmetadata/acs-https", "signature/unsigned"},
		{"spid", "signature/unsigned", "provisioning/jit-on-first-login"},
	} {
		got, err := Profile(c.name)
		require.NoError(t, err)
		assert.True(t, has(got, c.with), "%s has %s", c.name, c.with)
		assert.False(t, has(got, c.without), "%s has not %s", c.name, c.without)
		if c.without != "" {
			assert.Less(t, len(got), all, c.name)
		}
	}
	_, err := Profile("fast")
	require.ErrorContains(t, err, "known: quick, full")
}

// A pattern that matches nothing is a check that was renamed.
func TestQuickNamesChecks(t *testing.T) {
	t.Parallel()
	for _, p := range quick() {
		assert.True(t, slices.ContainsFunc(All(), func(c samlcheck.Check) bool { return matching(c.ID)(p) }), p)
	}
}
