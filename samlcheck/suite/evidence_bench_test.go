package suite_test

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/internal/cputime"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/transcript"
)

// What the bundle of a full run costs, from the redaction of its first login to
// its final name. The run itself is made once; its raw record is written again
// and again.
func BenchmarkEvidence(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	// Nothing is removed before the end: for minutes ext4 looks at each inode that was given up when it wants a new one, at ten times the cost.
	out := b.TempDir()
	for _, face := range []string{"okta", "entra"} {
		b.Run("face="+face, func(b *testing.B) {
			rules, rec, contents := fullRun(b, face, filepath.Join(out, face+"-run"))
			var files, size int
			var spent time.Duration
			n := 0
			for b.Loop() {
				n++
				began := cputime.Used()
				dir := written(b, filepath.Join(out, face+strconv.Itoa(n)), rules, rec, contents)
				spent += cputime.Used() - began
				files, size = weighed(b, dir)
			}
			b.ReportMetric(float64(spent)/float64(n), "cpu-ns/op")
			b.ReportMetric(float64(files), "files")
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// fullRun makes one run of the whole catalogue, and returns what was seen as it
// was before anything was hidden.
func fullRun(b *testing.B, face, out string) (bundle.Rules, transcript.Record, bundle.Contents) {
	b.Helper()
	key, err := age.GenerateX25519Identity()
	require.NoError(b, err)
	sp, tg := standIn(b, face, true, samepage.Options{JIT: samepage.Create})
	require.NoError(b, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	res, err := suite.Run(b.Context(), suite.Options{Loaded: tg, Faces: []string{face}, Out: out, Keep: suite.Keep{SealRaw: []age.Recipient{key.Recipient()}}})
	require.NoError(b, err)
	whole, err := bundle.Read(res.Bundle)
	require.NoError(b, err)
	raw, err := bundle.Unseal(res.Bundle+".raw.age", []age.Identity{key}, filepath.Join(out, "raw.partial"))
	require.NoError(b, err)
	require.NoError(b, os.Rename(raw, filepath.Join(filepath.Dir(raw), "transcript.jsonl")))
	seen, err := bundle.Read(filepath.Dir(raw))
	require.NoError(b, err)
	rec := seen.Records[0]
	known, ok := rec.Person("known")
	require.True(b, ok)
	attest, err := bundle.AttestKey(filepath.Join(out, "attest.pem"))
	require.NoError(b, err)
	rules := bundle.Rules{Known: &known, Hidden: tg.Hidden(), Keep: append(tg.Hosts(), tg.People.Fresh.Domain)}
	return rules, rec, bundle.Contents{
		Report: &whole.Report, SP: whole.SP, IdP: map[string]*metadata.Doc{face: whole.IdP(face)}, Target: tg.Source(), Key: attest,
	}
}

func written(b *testing.B, out string, rules bundle.Rules, rec transcript.Record, c bundle.Contents) string {
	b.Helper()
	red, err := bundle.NewRedactor(rules)
	require.NoError(b, err)
	w, err := bundle.Create(out, "full", red)
	require.NoError(b, err)
	require.NoError(b, w.Open(c))
	require.NoError(b, w.Begin(rec))
	for _, run := range rec.Runs {
		_, err := w.Append(rec.Face, run)
		require.NoError(b, err)
	}
	require.NoError(b, w.Finish(c))
	return w.Path()
}

func weighed(b *testing.B, dir string) (files, size int) {
	b.Helper()
	require.NoError(b, filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			files, size = files+1, size+int(info.Size())
		}
		return err
	}))
	return files, size
}
