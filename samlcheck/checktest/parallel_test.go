package checktest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/conditions"
	"example.com/samepage/samlcheck/checks/response"
	"example.com/samepage/samlcheck/checks/subject"
	"example.com/samepage/samlcheck/samepage"
)

// shuffles is how many orders are tried; a few are enough to see that the test
// itself works.
func shuffles() int {
	if testing.Short() {
		return 3
	}
	return 50
}

// TestInAnyOrderAndAtOnceTheAnswersAreTheSame: which question is asked first,
// and which of eight at once is answered first, is no evidence.
func TestInAnyOrderAndAtOnceTheAnswersAreTheSame(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("minutes of logins; run without -race")
	}
	b := newBench(t)
	o := samepage.Options{Flaws: []samepage.Flaw{samepage.FlawAudience, samepage.FlawReplay}}
	catalogue := slices.Concat(conditions.Checks, subject.Checks, response.Checks)
	want := outcomes(b.run(t, "okta", o, catalogue))
	assert.Contains(t, want, "response/replay")
	assert.Equal(t, samlcheck.Fail, want["response/replay"])
	together := &bench{idps: b.idps, key: b.key, parallel: 8}
	for n := range shuffles() {
		t.Run(fmt.Sprint("order ", n), func(t *testing.T) {
			order := slices.Clone(catalogue)
			rand.New(rand.NewPCG(uint64(n), 7)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] }) //nolint:gosec // an order to repeat
			assert.Equal(t, want, outcomes(together.run(t, "okta", o, order)))
		})
	}
}

func outcomes(findings map[string]samlcheck.Finding) map[string]samlcheck.Outcome {
	out := map[string]samlcheck.Outcome{}
	for id, f := range findings {
		out[id] = f.Outcome
	}
	return out
}
