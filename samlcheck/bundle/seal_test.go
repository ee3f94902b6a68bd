package bundle

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func receiver(t *testing.T) (*age.X25519Identity, []age.Recipient) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	to, err := Recipients([]string{id.Recipient().String()})
	require.NoError(t, err)
	return id, to
}

func TestWhatIsSealedOnlyItsReceiverOpens(t *testing.T) {
	t.Parallel()
	id, to := receiver(t)
	path, key := signed(t)
	sealed, err := Seal(path, to)
	require.NoError(t, err)
	raw, err := os.ReadFile(sealed)
	require.NoError(t, err)
	assert.NotContains(t, string(raw), "transcript.jsonl", "not even the names of the files")
	left, err := filepath.Glob(path + "*.zip")
	require.NoError(t, err)
	assert.Empty(t, left, "nothing unencrypted is left")

	into := filepath.Join(t.TempDir(), "in")
	out, err := Unseal(sealed, []age.Identity{id}, into)
	require.NoError(t, err)
	_, err = Check(t.Context(), out, public(key))
	require.NoError(t, err)
	_, err = Unseal(sealed, []age.Identity{id}, into)
	require.ErrorIs(t, err, os.ErrExist, "what is there is not touched")

	other, _ := receiver(t)
	_, err = Unseal(sealed, []age.Identity{other}, t.TempDir())
	require.ErrorContains(t, err, "cannot be opened with these keys")
	raw[len(raw)-5] ^= 1
	require.NoError(t, os.WriteFile(sealed, raw, 0o600))
	_, err = Unseal(sealed, []age.Identity{id}, t.TempDir())
	require.ErrorContains(t, err, "damaged")
}

func TestRawEvidenceExistsOnlySealed(t *testing.T) {
	t.Parallel()
	id, to := receiver(t)
	dir := t.TempDir()
	rec, run := sample()
	w, err := Create(dir, "b", redactor(t, alice))
	require.NoError(t, err)
	require.NoError(t, w.Raw(to))
	require.NoError(t, w.Begin(rec))
	appended(t, w, run)
	require.NoError(t, w.Finish(contents(t)))
	files, err := filesIn(dir)
	require.NoError(t, err)
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f))
		require.NoError(t, err)
		assert.NotContains(t, string(bytes.ToLower(raw)), "alicia", f)
	}
	require.NoError(t, Verify(w.Path()), "the raw evidence lies beside the bundle, not in it")

	out, err := Unseal(w.Path()+".raw.age", []age.Identity{id}, t.TempDir())
	require.NoError(t, err)
	raw, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Contains(t, string(raw), "Alicia.Wonder@corp.example")
	assert.Contains(t, string(raw), "c2lnbmF0dXJlLWNhbmFyeQ==", "signatures too")
}

// A killed run leaves the raw evidence without its end: what is before it can
// be read, and it is said that something is missing.
func TestRawEvidenceOfAKilledRun(t *testing.T) {
	t.Parallel()
	id, to := receiver(t)
	rec, run := sample()
	w, err := Create(t.TempDir(), "b", redactor(t, alice))
	require.NoError(t, err)
	require.NoError(t, w.Raw(to))
	require.NoError(t, w.Begin(rec))
	for range 60 { // more than a block of 64 KiB
		appended(t, w, run)
	}
	sealed := w.final + rawEnding
	out, err := Unseal(sealed, []age.Identity{id}, t.TempDir())
	require.ErrorContains(t, err, "ends early")
	raw, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Contains(t, string(raw), "Alicia.Wonder@corp.example")
}

func TestRecipientsAreAgeKeys(t *testing.T) {
	t.Parallel()
	_, err := Recipients([]string{"ssh-rsa AAAA"})
	require.ErrorContains(t, err, "no age public key")
	_, err = Recipients(nil)
	require.ErrorContains(t, err, "nobody to seal it to")
	_, err = Seal(t.TempDir(), nil)
	require.ErrorContains(t, err, "only a whole bundle")
}
