package suite_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/samepage"
)

// seenFile holds what runs in Chromium have really said: quirk, mode, face,
// verdict. They take too long to be made each time that the page is checked.
const seenFile = "testdata/seen-in-chromium.tsv"

// cell is one run of TestModesInChromium.
type cell struct{ quirk, mode, face string }

// seen reads what was written down.
func seen(t *testing.T) map[cell]string {
	t.Helper()
	b, err := os.ReadFile(seenFile)
	require.NoError(t, err)
	out := map[cell]string{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, f, 4, line)
		out[cell{f[0], f[1], f[2]}] = f[3]
	}
	return out
}

var seeing sync.Mutex // the file

// see writes down what one run has said.
func see(t *testing.T, c cell, verdict string) {
	t.Helper()
	seeing.Lock()
	defer seeing.Unlock()
	all := seen(t)
	all[c] = verdict
	var lines []string
	for c, verdict := range all {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\n", c.quirk, c.mode, c.face, verdict))
	}
	slices.Sort(lines)
	require.NoError(t, os.WriteFile(seenFile, []byte(strings.Join(lines, "")), 0o644))
}

// What was written down is what TestModesInChromium would let pass today.
func TestSeenIsRight(t *testing.T) {
	t.Parallel()
	all := seen(t)
	for _, q := range misleadings {
		for _, m := range q.modes {
			for _, face := range []string{"okta", "entra"} {
				c := cell{string(q.quirk), string(m), face}
				if got, ok := all[c]; ok {
					assert.Contains(t, strings.Split(q.inChromium(m), "|"), got, "%v: run TestModesInChromium with -faces -update", c)
					delete(all, c)
				}
			}
		}
	}
	assert.Empty(t, all, "no such mode")
}

// drawn is what Chromium was seen to say of a mode.
func drawn(all map[cell]string, q samepage.Quirk, m samepage.JIT, face string) string {
	if got, ok := all[cell{string(q), string(m), face}]; ok {
		return inWords(got)
	}
	return "not run"
}
