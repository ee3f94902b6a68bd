package aggregate_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/aggregate"
)

// BenchmarkScan reads the file that SAMLCHECK_AGGREGATE names; `make bench`
// makes such files.
func BenchmarkScan(b *testing.B) {
	path := os.Getenv("SAMLCHECK_AGGREGATE")
	if path == "" {
		b.Skip("SAMLCHECK_AGGREGATE names no file")
	}
	st, err := os.Stat(path)
	require.NoError(b, err)
	b.SetBytes(st.Size())
	for b.Loop() {
		f, err := os.Open(path)
		require.NoError(b, err)
		_, err = aggregate.Scan(f, aggregate.Options{Now: fixtures.Clock()})
		require.NoError(b, err)
		require.NoError(b, f.Close())
	}
}
