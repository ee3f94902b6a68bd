package suite_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// Asked at once or one after the other, the answers are the same: on a good
// service provider and on one with flaws of several kinds.
func TestParallelTrialsAnswerAlike(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("hundreds of logins; run without -short")
	}
	for _, flaws := range [][]samepage.Flaw{nil, {samepage.FlawAudience, samepage.FlawReplay}, {samepage.FlawSignature}} {
		one, eight := outcomes(t, flaws, 1), outcomes(t, flaws, 8)
		assert.Equal(t, one, eight, "flaws %v", flaws)
		assert.Greater(t, len(one), 100)
	}
}

func outcomes(t *testing.T, flaws []samepage.Flaw, parallel int) map[string]string {
	t.Helper()
	_, tg := standIn(t, "okta", true, samepage.Options{Flaws: flaws})
	res, err := suite.Run(t.Context(), suite.Options{
		Loaded: tg, Faces: []string{"okta"}, Select: []string{"response", "conditions", "subject", "statement", "status", "signature"}, Parallel: parallel,
	})
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range res.Report.Faces[0].Findings {
		out[f.Check] = string(f.Outcome)
	}
	return out
}

func TestParallelIsForThisMachine(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "target.yaml")
	require.NoError(t, os.WriteFile(path, []byte("sp: {entity_id: https://sp.example/saml, acs: https://sp.example/acs}\npeople: {fresh: {domain: acme.example}}\nallow: [accounts, forgery]\n"), 0o600))
	_, err := suite.Run(t.Context(), suite.Options{Target: path, Parallel: 4})
	require.ErrorIs(t, err, suite.ErrUsage)
	assert.Contains(t, err.Error(), "not on this machine")
}
