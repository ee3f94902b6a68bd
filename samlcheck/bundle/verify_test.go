package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
)

// signed is a finished bundle with an attestation, and the key.
func signed(t *testing.T) (string, ed25519.PrivateKey) {
	t.Helper()
	key, err := AttestKey(filepath.Join(t.TempDir(), "state", "attest.pem"))
	require.NoError(t, err)
	rec, run := sample()
	w, err := Create(t.TempDir(), "b", redactor(t, alice))
	require.NoError(t, err)
	c := contents(t)
	c.Key = key
	require.NoError(t, w.Open(c))
	require.NoError(t, w.Begin(rec))
	appended(t, w, run)
	require.NoError(t, w.Finish(c))
	return w.Path(), key
}

func public(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

func TestASignedBundleVerifies(t *testing.T) {
	t.Parallel()
	path, key := signed(t)
	v, err := Check(t.Context(), path, public(key))
	require.NoError(t, err)
	assert.True(t, v.Signed)
	assert.True(t, v.Trusted)
	assert.Equal(t, "FAILED", v.Result)
	v, err = Check(t.Context(), path, nil)
	require.NoError(t, err)
	assert.False(t, v.Trusted, "a key that lies in the bundle proves nothing about who signed")

	_, other, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	_, err = Check(t.Context(), path, public(other))
	require.ErrorContains(t, err, "not signed by this key")
	_, err = Check(t.Context(), written(t), public(key))
	require.ErrorContains(t, err, "nobody signed")
}

// Whatever byte of whatever file is changed, verify fails and names the file.
func TestOneChangedByteIsNamed(t *testing.T) {
	t.Parallel()
	path, key := signed(t)
	files, err := filesIn(path)
	require.NoError(t, err)
	for _, f := range files {
		p := filepath.Join(path, filepath.FromSlash(f))
		raw, err := os.ReadFile(p)
		require.NoError(t, err)
		for i := 0; i < len(raw); i += max(1, len(raw)/3) {
			spoilt := bytes.Clone(raw)
			spoilt[i] ^= 1
			require.NoError(t, os.WriteFile(p, spoilt, 0o600))
			_, err := Check(t.Context(), path, public(key))
			if f == publicKeyFile { // nobody relies on it once a key is given
				_, err = Check(t.Context(), path, nil)
			}
			require.Error(t, err, "%s, byte %d", f, i)
			if f != publicKeyFile {
				assert.Contains(t, err.Error(), f, "byte %d", i)
			}
		}
		require.NoError(t, os.WriteFile(p, raw, 0o600))
	}
	_, err = Check(t.Context(), path, public(key))
	require.NoError(t, err)
}

// Who changes a file and makes the manifest anew is found out by the signature.
func TestAForgedManifestIsFoundOut(t *testing.T) {
	t.Parallel()
	path, key := signed(t)
	raw, err := os.ReadFile(filepath.Join(path, "manifest.json"))
	require.NoError(t, err)
	ticket := filepath.Join(path, "ticket.md")
	require.NoError(t, os.WriteFile(ticket, []byte("all is well"), 0o600))
	var m Manifest
	require.NoError(t, json.Unmarshal(raw, &m))
	for i := range m.Files {
		if m.Files[i].Path == "ticket.md" {
			m.Files[i].SHA256 = sum([]byte("all is well"))
		}
	}
	raw, err = json.MarshalIndent(m, "", "  ")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(path, "manifest.json"), append(raw, '\n'), 0o600))
	_, err = Check(t.Context(), path, public(key))
	require.ErrorContains(t, err, "manifest.json is not the one that was signed")
}

func TestTheAttestationRoundsNothingUp(t *testing.T) {
	t.Parallel()
	of := func(os ...samlcheck.Outcome) report.Report {
		f := report.Face{Face: "okta"}
		for _, o := range os {
			f.Findings = append(f.Findings, samlcheck.Finding{Check: "a/" + string(o), Outcome: o})
		}
		return report.Report{Faces: []report.Face{f}}
	}
	cut := of(samlcheck.Pass)
	cut.Cut = "interrupted"
	unsure := of(samlcheck.Pass)
	unsure.Faces[0].JIT = &oracle.JIT{Verdict: oracle.Created, Confidence: oracle.Leaning}
	for want, reps := range map[string][]report.Report{
		"PASSED": {of(samlcheck.Pass), of(samlcheck.Pass, samlcheck.Skipped, samlcheck.Note)},
		"WARNED": {of(samlcheck.Pass, samlcheck.Warn)},
		"FAILED": {of(samlcheck.Pass, samlcheck.Fail), of(samlcheck.Pass, samlcheck.Inconclusive), of(), of(samlcheck.Skipped), of(samlcheck.Pass, "new"), cut, unsure},
	} {
		for _, r := range reps {
			assert.Equal(t, want, results(r).Result)
		}
	}
}

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s", "attest.pem")
	one, err := AttestKey(path)
	require.NoError(t, err)
	two, err := AttestKey(path)
	require.NoError(t, err)
	assert.True(t, one.Equal(two))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	raw, err := os.ReadFile(path + ".pub")
	require.NoError(t, err)
	pub, err := PublicKey(raw)
	require.NoError(t, err)
	assert.True(t, public(one).Equal(pub))
	require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
	_, err = AttestKey(path)
	require.ErrorContains(t, err, "openssl genpkey")
	_, err = PublicKey(nil)
	require.Error(t, err)
}

// The lines of docs/bundle.md, with openssl alone.
func TestOpenSSLVerifiesIt(t *testing.T) {
	t.Parallel()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	path, _ := signed(t)
	raw, err := os.ReadFile(filepath.Join(path, attestationFile))
	require.NoError(t, err)
	var env dsse.Envelope
	require.NoError(t, json.Unmarshal(raw, &env))
	body, err := env.DecodeB64Payload()
	require.NoError(t, err)
	sig, err := base64.StdEncoding.DecodeString(env.Signatures[0].Sig)
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pae"), dsse.PAE(env.PayloadType, body), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sig"), sig, 0o600))
	verify := func() error {
		c := exec.CommandContext(t.Context(), openssl, "pkeyutl", "-verify", "-pubin", "-inkey", filepath.Join(path, publicKeyFile), "-rawin", "-in", "pae", "-sigfile", "sig")
		c.Dir = dir
		return c.Run()
	}
	require.NoError(t, verify())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pae"), []byte("other"), 0o600))
	require.Error(t, verify())
}

func TestAZipReadsLikeItsFolder(t *testing.T) {
	t.Parallel()
	path, key := signed(t)
	z, err := Zip(path + "/")
	require.NoError(t, err)
	assert.Equal(t, path+".zip", z)
	_, err = Check(t.Context(), z, public(key))
	require.NoError(t, err)
	a, err := Read(path)
	require.NoError(t, err)
	b, err := Read(z)
	require.NoError(t, err)
	assert.Equal(t, a.Report, b.Report)
	assert.Equal(t, a.Records, b.Records)
	_, err = Zip(path)
	require.ErrorIs(t, err, os.ErrExist, "never overwritten")
}

// archive makes a .zip with the given names; each file holds its name.
func archive(t *testing.T, header func(*zip.FileHeader), names ...string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), "x.zip")
	f, err := os.Create(p)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	for _, n := range names {
		h := &zip.FileHeader{Name: n, Method: zip.Deflate}
		if header != nil {
			header(h)
		}
		w, err := z.CreateHeader(h)
		require.NoError(t, err)
		_, err = w.Write([]byte(n))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	return p
}

func TestAHostileArchiveIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../evil", "b/../../evil", "/etc/passwd", `b\..\evil`, "C:/evil", "b//x", "./x"} {
		_, err := Read(archive(t, nil, "b/transcript.jsonl", name))
		require.ErrorContains(t, err, "no name for a file", name)
	}
	_, err := Read(archive(t, nil, "b/transcript.jsonl", "b/x", "b/x"))
	require.ErrorContains(t, err, "twice")
	_, err = Read(archive(t, func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) }, "b/transcript.jsonl"))
	require.ErrorContains(t, err, "neither a file nor a folder")
	_, err = Read(archive(t, nil, "b/c/d/other"))
	require.ErrorIs(t, err, ErrNotBundle)
	_, err = Read(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, ErrNotBundle)
}

// What an archive claims is held against the limits before anything is read; and
// one that claims too little is not read past its claim.
func TestABombIsRefused(t *testing.T) {
	t.Parallel()
	big := []*zip.File{{FileHeader: zip.FileHeader{Name: "b/x", UncompressedSize64: maxFile + 1}}}
	_, err := vetted(big)
	require.ErrorContains(t, err, "more than the")
	var many []*zip.File
	for i := range 5 {
		many = append(many, &zip.File{FileHeader: zip.FileHeader{Name: "b/" + strings.Repeat("x", i+1), UncompressedSize64: maxFile}})
	}
	_, err = vetted(many)
	require.ErrorContains(t, err, "unpacks to more than")
	_, err = vetted(make([]*zip.File, maxFiles+1))
	require.ErrorContains(t, err, "files")

	p := filepath.Join(t.TempDir(), "liar.zip")
	f, err := os.Create(p)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	// "AAAA..." deflated by another writer; the header claims one byte.
	var packed bytes.Buffer
	inner := zip.NewWriter(&packed)
	iw, err := inner.Create("a")
	require.NoError(t, err)
	_, err = iw.Write(bytes.Repeat([]byte("A"), 1<<20))
	require.NoError(t, err)
	require.NoError(t, inner.Close())
	r, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	require.NoError(t, err)
	rawFile, err := r.File[0].OpenRaw()
	require.NoError(t, err)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "b/transcript.jsonl", Method: zip.Deflate, UncompressedSize64: 1, CompressedSize64: r.File[0].CompressedSize64, CRC32: r.File[0].CRC32})
	require.NoError(t, err)
	var body bytes.Buffer
	_, err = body.ReadFrom(rawFile)
	require.NoError(t, err)
	_, err = w.Write(body.Bytes())
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	_, err = Read(p)
	require.Error(t, err)
	assert.NotErrorIs(t, err, os.ErrNotExist)
}

// Runs that come at once share one key: none reads half of another's.
func TestAttestKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "attest.pem")
	const runs = 16
	keys, errs := make(chan ed25519.PrivateKey, runs), make(chan error, runs)
	for range runs {
		go func() {
			k, err := AttestKey(path)
			keys <- k
			errs <- err
		}()
	}
	first := <-keys
	require.NoError(t, <-errs)
	for range runs - 1 {
		assert.Equal(t, first, <-keys)
		require.NoError(t, <-errs)
	}
}
