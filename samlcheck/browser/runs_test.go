package browser

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What is written out by hand is what the expression would find.
func TestRunsAreThoseOfTheExpression(t *testing.T) {
	t.Parallel()
	run := regexp.MustCompile(`[A-Za-z0-9_+/=-]{20,}`)
	text := rapid.StringMatching(`([A-Za-z0-9_+/=-]{0,24}[ .é\x80]?){0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		var found [][]int
		for begin, end, ok := nextRun(s, 0); ok; begin, end, ok = nextRun(s, end) {
			found = append(found, []int{begin, end})
		}
		require.Equal(t, run.FindAllStringIndex(s, -1), found)
		require.Equal(t, s != "" && run.FindString(s) == s, isRun(s))
	})
}
