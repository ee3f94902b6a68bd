package suite_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/samepage"
)

var update = flag.Bool("update", false, "write docs/lifecycle.md")

const (
	modesBegin = "<!-- modes: generated -->\n"
	modesEnd   = "<!-- /modes -->"
)

// TestModesAreDocumented: of plain, the table in docs/lifecycle.md is what
// TestModes holds the runs to; of Chromium, what was seen.
func TestModesAreDocumented(t *testing.T) {
	t.Parallel()
	const page = "../../docs/lifecycle.md"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), modesBegin)
	require.True(t, ok, "the page has no marker")
	was, after, ok := strings.Cut(rest, modesEnd)
	require.True(t, ok, "the page has no second marker")
	want := modesTable(seen(t))
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(before+modesBegin+want+modesEnd+after), 0o644))
		return
	}
	assert.Equal(t, want, was, "docs/lifecycle.md is stale: run this test with -update")
}

func modesTable(all map[cell]string) string {
	var b strings.Builder
	b.WriteString("| quirk | mode | plain, okta | plain, entra | chromium, okta | chromium, entra |\n|---|---|---|---|---|---|\n")
	for _, q := range misleadings {
		for _, m := range q.modes {
			plain := q.want(m, noView)
			if plain == "-" {
				continue
			}
			fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s | %s |\n", nameOfQuirk(q.quirk), m, inWords(plain), inWords(plain),
				drawn(all, q.quirk, m, "okta"), drawn(all, q.quirk, m, "entra"))
		}
	}
	return b.String()
}

func nameOfQuirk(q samepage.Quirk) string {
	if q == "" {
		return "none"
	}
	return "`" + string(q) + "`"
}

func inWords(want string) string {
	return strings.ReplaceAll(strings.ReplaceAll(want, "|", " or "), "undecided > ", "undecided, leaning ")
}
