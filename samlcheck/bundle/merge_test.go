package bundle

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/report"
)

// bundleOf is a finished bundle of a target.
func bundleOf(t *testing.T, name string, at time.Time, key ed25519.PrivateKey) string {
	t.Helper()
	rec, run := sample()
	c := contents(t)
	c.Report.Target.Name, c.Report.Started, c.Report.Finished, c.Key = name, at, at.Add(time.Minute), key
	w, err := Create(t.TempDir(), Name(name, at), redactor(t, alice))
	require.NoError(t, err)
	require.NoError(t, w.Begin(rec))
	appended(t, w, run)
	require.NoError(t, w.Finish(c))
	return w.Path()
}

func merged(t *testing.T, paths ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "all")
	_, err := Merge(t.Context(), out, paths, MergeOptions{})
	require.NoError(t, err)
	return out
}

// spoil changes one file of a copy of a bundle.
func spoil(t *testing.T, dir, file string, change func([]byte) []byte) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(dir))
	require.NoError(t, os.CopyFS(to, os.DirFS(dir)))
	p := filepath.Join(to, file)
	raw, err := os.ReadFile(p)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(p, change(raw), 0o600))
	return to
}

func TestMergedBundlesAreWholeAndAreTheSame(t *testing.T) {
	t.Parallel()
	a, b, later := bundleOf(t, "Acme", noon, nil), bundleOf(t, "Brim", noon, nil), bundleOf(t, "Acme", noon.Add(time.Hour), nil)
	out := merged(t, later, b, a)
	v, err := Check(t.Context(), out, nil)
	require.NoError(t, err)
	assert.Equal(t, 3, v.Bundles)
	x, err := ReadIndex(out)
	require.NoError(t, err)
	require.Len(t, x.Entries, 3)
	assert.Equal(t, "bundles/samlcheck-acme-20261123T221000Z", x.Entries[0].Bundle)
	assert.Equal(t, "bundles/samlcheck-acme-20261123T231000Z", x.Entries[1].Bundle)
	assert.Equal(t, "Brim", x.Entries[2].Target.Name)
	assert.Equal(t, report.ExitFailed, x.Summary.Exit)
	assert.Equal(t, 3, x.Summary.Fail)
	assert.Equal(t, []report.Bad{{Face: "okta", Check: "response/replay", Outcome: "fail", Because: x.Entries[0].Bad[0].Because}}, x.Entries[0].Bad)

	// Byte for byte as the run left it: the inner bundle is a bundle.
	in, err := Read(filepath.Join(out, x.Entries[0].Bundle))
	require.NoError(t, err)
	assert.Equal(t, "Acme", in.Report.Target.Name)
	for _, f := range []string{"manifest.json", "report.html", "transcript.jsonl"} {
		want, err := os.ReadFile(filepath.Join(a, f))
		require.NoError(t, err)
		have, err := os.ReadFile(filepath.Join(out, x.Entries[0].Bundle, f))
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, have), f)
	}
	again := merged(t, a, later, b)
	one, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	require.NoError(t, err)
	two, err := os.ReadFile(filepath.Join(again, "manifest.json"))
	require.NoError(t, err)
	assert.Equal(t, string(one), string(two), "the order in which they are named does not matter")
	_, err = Read(out)
	assert.ErrorIs(t, err, ErrMerged)
}

// Two runs of one target in one second have the same name, and both are kept.
func TestMergeGivesEachBundleAPlace(t *testing.T) {
	t.Parallel()
	out := merged(t, bundleOf(t, "Acme", noon, nil), bundleOf(t, "Acme", noon.Add(time.Millisecond), nil))
	x, err := ReadIndex(out)
	require.NoError(t, err)
	assert.Equal(t, "bundles/samlcheck-acme-20261123T221000Z-2", x.Entries[1].Bundle)
	require.NoError(t, Verify(out))
}

func TestMergedBundlesAndArchivesCanBeMergedAgain(t *testing.T) {
	t.Parallel()
	a, b, c := bundleOf(t, "Acme", noon, nil), bundleOf(t, "Brim", noon, nil), bundleOf(t, "Cove", noon, nil)
	packed, err := Zip(merged(t, a, b))
	require.NoError(t, err)
	require.NoError(t, Verify(packed))
	alone, err := Zip(c)
	require.NoError(t, err)
	out := merged(t, packed, alone)
	x, err := ReadIndex(out)
	require.NoError(t, err)
	assert.Len(t, x.Entries, 3)
	require.NoError(t, Verify(out))
	_, err = Merge(t.Context(), filepath.Join(t.TempDir(), "x"), []string{packed, b}, MergeOptions{})
	require.ErrorContains(t, err, "is the same bundle as", "also within a merged one")
}

func TestMergeRefuses(t *testing.T) {
	t.Parallel()
	a, b := bundleOf(t, "Acme", noon, nil), bundleOf(t, "Brim", noon, nil)
	partial := filepath.Join(t.TempDir(), "x"+Partial)
	require.NoError(t, os.CopyFS(partial, os.DirFS(a)))
	swap := func(from, to string) func([]byte) []byte {
		return func(raw []byte) []byte {
			out := bytes.ReplaceAll(raw, []byte(from), []byte(to))
			require.NotEqual(t, raw, out)
			return out
		}
	}
	cut := func(raw []byte) []byte { return raw[:len(raw)/2] }
	for name, c := range map[string]struct {
		paths []string
		o     MergeOptions
		says  string
	}{
		"nothing":            {nil, MergeOptions{}, "no bundle was named"},
		"no bundle":          {[]string{t.TempDir()}, MergeOptions{}, "was never finished"},
		"not there":          {[]string{"nowhere"}, MergeOptions{}, "no evidence bundle"},
		"twice":              {[]string{a, b, a}, MergeOptions{}, "name it once"},
		"unfinished":         {[]string{a, partial}, MergeOptions{}, "never finished"},
		"one too few":        {[]string{a, b}, MergeOptions{Count: 3}, "there should be 3 bundles, and there are 2"},
		"a changed file":     {[]string{a, spoil(t, b, "ticket.md", cut)}, MergeOptions{}, "ticket.md was changed"},
		"a changed report":   {[]string{a, spoil(t, b, "report.json", swap(`"pass"`, `"sunk"`))}, MergeOptions{}, "is not sound"},
		"half a report":      {[]string{a, spoil(t, b, "report.json", cut)}, MergeOptions{}, "is not sound"},
		"half a manifest":    {[]string{a, spoil(t, b, "manifest.json", cut)}, MergeOptions{}, "manifest.json"},
		"another layout":     {[]string{a, spoil(t, b, "manifest.json", swap("samlcheck.bundle/v1", "samlcheck.bundle/v2"))}, MergeOptions{}, `schema "samlcheck.bundle/v2"`},
		"another report":     {[]string{a, spoil(t, b, "manifest.json", swap("samlcheck.report/v1", "samlcheck.report/v9"))}, MergeOptions{}, "samlcheck.report/v9"},
		"another transcript": {[]string{a, spoil(t, b, "manifest.json", swap("samlcheck.transcript/v1", "samlcheck.transcript/v9"))}, MergeOptions{}, "samlcheck.transcript/v9"},
		"another whole":      {[]string{spoil(t, merged(t, a), "manifest.json", swap("samlcheck.merged/v1", "samlcheck.merged/v9"))}, MergeOptions{}, "samlcheck.merged/v9"},
		"a changed whole":    {[]string{spoil(t, merged(t, a), "index.txt", cut)}, MergeOptions{}, "index.txt was changed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			_, err := Merge(t.Context(), filepath.Join(dir, "all"), c.paths, c.o)
			require.ErrorContains(t, err, c.says)
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Empty(t, left, "nothing is left of it")
		})
	}
	_, err := Merge(t.Context(), b, []string{a}, MergeOptions{})
	require.ErrorContains(t, err, "exists already")
	require.NoError(t, Verify(b), "and what was there is not touched")
}

// The disk is full after so many bytes: wherever that is, it is said, and
// nothing is left that looks whole.
func TestMergeSaysThatTheDiskIsFull(t *testing.T) {
	t.Parallel()
	a := bundleOf(t, "Acme", noon, nil)
	size := 0
	require.NoError(t, filepath.WalkDir(merged(t, a), func(_ string, d os.DirEntry, _ error) error {
		info, err := d.Info()
		if !d.IsDir() {
			size += int(info.Size())
		}
		return err
	}))
	for _, room := range []int{0, size / 4, size / 2, size - 10_000, size - 1} {
		m := &merger{}
		out := filepath.Join(t.TempDir(), "all")
		require.NoError(t, m.collect(t.Context(), []string{a}))
		require.NoError(t, m.begin(out))
		left := room
		m.w.open = func(p string) (file, error) {
			f, err := openNew(p)
			return &lowDisk{f, &left}, err
		}
		_, err := m.merge(t.Context(), nil)
		require.ErrorContains(t, err, "cannot be written: no space left on device; nothing was merged", "%d of %d bytes", room, size)
		assert.NoDirExists(t, out)
	}
}

// lowDisk is a real file on a disk that has only so much room.
type lowDisk struct {
	file
	left *int
}

func (d *lowDisk) Write(b []byte) (int, error) {
	if *d.left -= len(b); *d.left < 0 {
		return 0, errors.New("no space left on device")
	}
	return d.file.Write(b)
}

func TestVerifyNamesWhatWasChangedInAMergedBundle(t *testing.T) {
	t.Parallel()
	whole := merged(t, bundleOf(t, "Acme", noon, nil), bundleOf(t, "Brim", noon, nil))
	inner := "bundles/samlcheck-acme-20261123T221000Z"
	flip := func(raw []byte) []byte { raw[len(raw)/2] ^= 1; return raw }
	for file, says := range map[string]string{
		"index.json": "index.json was changed",
		inner + "/messages/okta-000-login-response.xml": "response.xml was changed",
		inner + "/manifest.json":                        inner,
	} {
		require.ErrorContains(t, Verify(spoil(t, whole, file, flip)), says)
	}
	gone := spoil(t, whole, "index.txt", func(raw []byte) []byte { return raw })
	require.NoError(t, Verify(gone))
	require.NoError(t, os.RemoveAll(filepath.Join(gone, inner)))
	require.ErrorContains(t, Verify(gone), "1 bundles lie in bundles/, and manifest.json names 2")
	unfinished := whole + Partial
	require.NoError(t, os.Rename(whole, unfinished))
	require.ErrorContains(t, Verify(unfinished), "never finished")
}

func TestAKeyMustHaveSignedEveryBundleOfAMergedOne(t *testing.T) {
	t.Parallel()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	strangers, _, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	signed, bare := bundleOf(t, "Acme", noon, private), bundleOf(t, "Brim", noon, nil)
	out := filepath.Join(t.TempDir(), "all")
	_, err = Merge(t.Context(), out, []string{signed}, MergeOptions{Key: private, Count: 1})
	require.NoError(t, err)
	v, err := Check(t.Context(), out, public)
	require.NoError(t, err)
	assert.True(t, v.Signed && v.Trusted)
	assert.Equal(t, "FAILED", v.Result)
	_, err = Check(t.Context(), out, strangers)
	require.ErrorContains(t, err, "not signed by this key")
	_, err = Check(t.Context(), merged(t, signed, bare), public)
	require.ErrorContains(t, err, "bundles/samlcheck-brim-20261123T221000Z: bundle: attestation.json is missing")
	assert.NotContains(t, err.Error(), "acme")
}

func TestTheIndexHasFiveForms(t *testing.T) {
	t.Parallel()
	dir := merged(t, bundleOf(t, "Acme <b>", noon, nil), bundleOf(t, "Brim", noon, nil))
	for file, holds := range map[string]string{
		"index.txt": "2 targets", "index.md": "| Acme &lt;b&gt; | 1 |", "index.html": `<a href="bundles/samlcheck-brim-20261123T221000Z/report.html">Brim</a>`,
		"junit.xml": `<testcase classname="Brim.okta" name="response/replay">`, "index.json": `"samlcheck.index/v1"`,
	} {
		raw, err := os.ReadFile(filepath.Join(dir, file))
		require.NoError(t, err)
		assert.Contains(t, string(raw), holds)
		assert.False(t, strings.HasSuffix(file, ".html") && strings.Contains(string(raw), "Acme <b>"), "a name is text")
	}
}
