package checks_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/checktest"
)

func TestCatalogueIsWellFormed(t *testing.T) {
	t.Parallel()
	require.Empty(t, samlcheck.Validate(checks.All()))
	checktest.Cited(t, checks.All())
}

func TestNothingIsLeftOut(t *testing.T) {
	t.Parallel()
	dirs, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, d := range dirs {
		if d.IsDir() {
			checktest.Listed(t, d.Name())
		}
	}
}
