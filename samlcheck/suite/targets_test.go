package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTargetsAreTheYAMLFilesOfAFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := Targets(dir)
	require.ErrorIs(t, err, ErrUsage)
	assert.ErrorContains(t, err, "no target file")
	_, err = Targets(filepath.Join(dir, "nowhere"))
	require.ErrorIs(t, err, ErrUsage)

	// As Kubernetes mounts a ConfigMap: links into a folder with a dot.
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "..data"), 0o755))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder.yaml"), 0o755))
	for _, name := range []string{"..data/b.yaml", "a.yml", "c.yaml", "notes.md", ".hidden.yaml"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	require.NoError(t, os.Symlink("..data/b.yaml", filepath.Join(dir, "b.yaml")))
	got, err := Targets(dir)
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(dir, "a.yml"), filepath.Join(dir, "b.yaml"), filepath.Join(dir, "c.yaml")}, got)
}

func TestParseShard(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"0/3", "4/3", "1/0", "-1/3", "1", "1/", "/3", "a/b", "1/2/3", "1.5/2", " 1/2"} {
		_, err := ParseShard(bad)
		assert.ErrorIs(t, err, ErrUsage, bad)
	}
	s, err := ParseShard("2/3")
	require.NoError(t, err)
	assert.Equal(t, Shard{2, 3}, s)
	whole, err := ParseShard("")
	require.NoError(t, err)
	all, err := whole.Take([]string{"a", "b"})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, all)
	_, err = Shard{1, 3}.Take([]string{"a", "b"})
	assert.ErrorContains(t, err, "only 2 targets")
}

// Every target belongs to exactly one shard, and no shard has more than one
// more than another.
func TestShardsPartitionTheTargets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := make([]string, rapid.IntRange(1, 60).Draw(t, "targets"))
		for i := range items {
			items[i] = fmt.Sprintf("%03d", i)
		}
		n := rapid.IntRange(1, len(items)).Draw(t, "shards")
		var all []string
		for i := 1; i <= n; i++ {
			part, err := Shard{i, n}.Take(items)
			require.NoError(t, err)
			assert.InDelta(t, float64(len(items))/float64(n), float64(len(part)), 1)
			all = append(all, part...)
		}
		slices.Sort(all)
		assert.Equal(t, items, all)
	})
}
