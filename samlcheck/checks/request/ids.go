package request

import (
	"math"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// allIDs are the different IDs of all requests that were seen, in order.
func allIDs(c *samlcheck.Case, first string) []string {
	seen, out := map[string]bool{first: true}, []string{first}
	add := func(run transcript.Run) {
		for _, s := range run.Steps {
			if s.Request == nil {
				continue
			}
			if q, err := message.ParseAuthnRequest([]byte(s.Request.XML)); err == nil && !seen[q.ID] {
				seen[q.ID] = true
				out = append(out, q.ID)
			}
		}
	}
	for _, run := range c.All {
		add(run)
	}
	for _, t := range []trial.Trial{trial.Clean(), trial.CleanAgain()} {
		add(c.Runs[t.Name])
	}
	return out
}

// most is the number of bits that the places in which the IDs differ can hold at
// most: none is known to be random, but what never changes is not.
func most(ids []string) int {
	before, after := ids[0], ids[0]
	for _, id := range ids[1:] {
		for !strings.HasPrefix(id, before) {
			before = before[:len(before)-1]
		}
		for !strings.HasSuffix(id, after) {
			after = after[1:]
		}
	}
	longest, kinds := 0, map[rune]bool{}
	for _, id := range ids {
		longest = max(longest, len(id)-len(before)-len(after))
		for _, r := range id[len(before):] {
			kinds[r] = true
		}
	}
	alphabet := 64.0
	if strings.Trim(letters(kinds), "0123456789") == "" {
		alphabet = 10
	} else if strings.Trim(strings.ToLower(letters(kinds)), "0123456789abcdef-") == "" {
		alphabet = 16
	}
	return int(float64(max(longest, 0)) * math.Log2(alphabet))
}

func letters(kinds map[rune]bool) string {
	var b strings.Builder
	for r := range kinds {
		b.WriteRune(r)
	}
	return b.String()
}
