package suite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// A response that answers no request cannot leave out what it answers: that is
// the target's nature, not a failure of the harness.
func TestWhatAnswersNothingIsNotApplicable(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"response/in-response-to-missing", "subject/in-response-to-missing"} {
		_, tg := standIn(t, "okta", false, samepage.Options{})
		o := suite.Options{Loaded: tg, Faces: []string{"okta"}, Select: []string{id}}
		asked, err := suite.Plan(t.Context(), o)
		require.NoError(t, err)
		assert.Empty(t, asked.Faces[0].Skipped)

		tg.SP.Login = nil
		unasked, err := suite.Plan(t.Context(), o)
		require.NoError(t, err)
		assert.Contains(t, strings.Join(unasked.Faces[0].Skipped, "\n"), id+": not applicable: logins start at the identity provider")
		assert.Empty(t, unasked.Faces[0].Trials, "nobody signs in for it")
	}
}
