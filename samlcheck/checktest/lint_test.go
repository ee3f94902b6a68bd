package checktest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/aggregate"
	"example.com/samepage/samlcheck/checks/idpmetadata"
	"example.com/samepage/samlcheck/checks/pairing"
	"example.com/samepage/samlcheck/checks/request"
	"example.com/samepage/samlcheck/checks/spmetadata"
	"example.com/samepage/samlcheck/checktest"
	"example.com/samepage/samlcheck/metadata"
)

func documents() map[string][]samlcheck.Check {
	return map[string][]samlcheck.Check{
		"sp-metadata": spmetadata.Checks, "idp-metadata": idpmetadata.Checks, "aggregates": aggregate.Checks, "pairing": pairing.Checks, "requests": request.Checks,
	}
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	for dir, checks := range documents() {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			checktest.Lint(t, fixtures.FS, dir, checks, fixtures.Clock())
		})
	}
}

func TestDocumentChecksAreProven(t *testing.T) {
	t.Parallel()
	for _, checks := range documents() {
		assert.Empty(t, samlcheck.Validate(checks))
		checktest.Cited(t, checks)
		assert.Equal(t, len(checks), checktest.ProvenByFixtures(t, fixtures.FS, checks, fixtures.Clock()))
	}
}

func TestDocumentChecksAreListed(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"spmetadata", "idpmetadata", "pairing", "request"} {
		checktest.Listed(t, "../checks/"+dir)
	}
}

// TestVendorSamplesHaveNothingToFail guards against false alarms on what real
// tenants published.
func TestVendorSamplesHaveNothingToFail(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = "../../../shared/samples"
	}
	files, err := filepath.Glob(filepath.Join(dir, "*/metadata/*.xml"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skipf("vendor samples are not in %s (SAMLCHECK_SAMPLES)", dir)
	}
	for _, f := range files {
		doc, err := metadata.Read(f)
		require.NoError(t, err)
		for _, c := range idpmetadata.Checks {
			v := c.Judge(&samlcheck.Case{IdP: doc, Now: fixtures.Clock()})
			assert.NotEqual(t, samlcheck.Fail, v.Outcome(c.Level), "%s on %s: %s", c.ID, f, v.Because)
			assert.NotEqual(t, samlcheck.Inconclusive, v.Outcome(c.Level), "%s on %s: %s", c.ID, f, v.Because)
			if v.Outcome(c.Level) == samlcheck.Warn {
				t.Logf("%s warns on %s: %s", c.ID, f, v.Because)
			}
		}
	}
}
