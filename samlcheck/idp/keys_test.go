package idp_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

func profiles() map[string]idp.Profile {
	return map[string]idp.Profile{"okta": okta.New(okta.Config{}), "entra": entra.New(entra.Config{})}
}

func open(t testing.TB, p idp.Profile, dir string) *idp.IdP {
	t.Helper()
	i, err := idp.New(p, idp.Options{State: dir})
	require.NoError(t, err)
	return i
}

func TestKeysAreMadeOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "state")
	for name, p := range profiles() {
		first, second := open(t, p, dir), open(t, p, dir)
		assert.Equal(t, string(first.Metadata()), string(second.Metadata()), name)
		assert.NotEqual(t, string(first.Metadata()), string(open(t, p, "").Metadata()), "in memory: other keys")
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 2, "one for each face, and nothing left over")
	for _, f := range files {
		info, err := f.Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
	other := open(t, okta.New(okta.Config{Org: "other"}), dir)
	assert.NotEqual(t, open(t, okta.New(okta.Config{}), dir).Certificate(), other.Certificate(), "another org has other keys")
}

func TestTwoAtOnceMakeOneKey(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			got := make([]string, 6)
			start := make(chan struct{})
			var all sync.WaitGroup
			for n := range got {
				all.Go(func() {
					<-start
					i, err := idp.New(p, idp.Options{State: dir})
					if assert.NoError(t, err) {
						got[n] = string(i.Metadata())
					}
				})
			}
			close(start)
			all.Wait()
			for _, m := range got {
				assert.Equal(t, got[0], m)
			}
		})
	}
}

// state makes a folder with one key file and returns the file's path.
func state(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	open(t, okta.New(okta.Config{}), dir)
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	return dir, filepath.Join(dir, files[0].Name())
}

func TestStateThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, file string)
		says  string
	}{
		"empty":       {func(t *testing.T, f string) { require.NoError(t, os.WriteFile(f, nil, 0o600)) }, "is damaged (no key"},
		"not PEM":     {func(t *testing.T, f string) { require.NoError(t, os.WriteFile(f, []byte("hello"), 0o600)) }, "delete it"},
		"open to all": {func(t *testing.T, f string) { require.NoError(t, os.Chmod(f, 0o644)) }, "chmod 600"},
		"half": {func(t *testing.T, f string) {
			raw, err := os.ReadFile(f)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(f, raw[:len(raw)-60], 0o600))
		}, "is damaged"},
		"another's certificate": {func(t *testing.T, f string) {
			_, other := state(t)
			mine, err := os.ReadFile(f)
			require.NoError(t, err)
			theirs, err := os.ReadFile(other)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(f, append(mine, theirs...), 0o600))
		}, "holds more than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, file := state(t)
			tt.spoil(t, file)
			_, err := idp.New(okta.New(okta.Config{}), idp.Options{State: dir})
			require.Error(t, err)
			assert.Contains(t, err.Error(), tt.says)
			assert.Contains(t, err.Error(), file, "it says which file")
		})
	}
}

func TestStateFolderThatCannotBeMade(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := idp.New(okta.New(okta.Config{}), idp.Options{State: filepath.Join(file, "state")})
	require.ErrorContains(t, err, "cannot be made")
	assert.ErrorContains(t, err, "name another")
}

func TestStateFolderOpenToOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o777))
	_, err := idp.New(okta.New(okta.Config{}), idp.Options{State: dir})
	assert.ErrorContains(t, err, "may be written by others")
}
