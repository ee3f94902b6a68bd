package checktest

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/cite"
)

// TestHouseRulesAreWrittenDown: whoever is told of a house rule can read it, and
// what is written there is cited by some check.
func TestHouseRulesAreWrittenDown(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../docs/house-rules.md")
	require.NoError(t, err)
	var written, cited []string
	for _, m := range regexp.MustCompile(`<a id="([^"]+)">`).FindAllSubmatch(raw, -1) {
		written = append(written, string(m[1]))
	}
	seen := map[string]bool{}
	for _, c := range checks.All() {
		for _, cl := range c.Cites {
			if cl.Source.Key == cite.House.Key && !seen[cl.Section] {
				seen[cl.Section] = true
				cited = append(cited, cl.Section)
			}
		}
	}
	assert.ElementsMatch(t, cited, written, "docs/house-rules.md has each rule once")
}
