package checktest

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/spmetadata"
)

// TestLintObjectsBothWays shows that the linter of the linters can say no.
func TestLintObjectsBothWays(t *testing.T) {
	t.Parallel()
	const name = "sp-metadata/acs-https.xml"
	want := announcements(t, fixtures.FS, name)
	got := sightings(spmetadata.Checks, load(t, fixtures.FS, name, fixtures.Clock()))
	require.Empty(t, disagreements(got, want))
	assert.Len(t, disagreements(nil, want), 1, "a check that fell silent")
	assert.Len(t, disagreements(got, nil), 1, "a check that says too much; what is only information may go unannounced")
	moved := append([]sighting{}, want...)
	moved[0].line++
	assert.Len(t, disagreements(got, moved), 2, "the wrong line")
	moved = append([]sighting{}, want...)
	moved[0].excerpt = "http://"
	assert.Len(t, disagreements(got, moved), 2, "other words")
}

func TestViolationWithoutEvidenceIsSeen(t *testing.T) {
	t.Parallel()
	mute := samlcheck.Check{ID: "x/y", Judge: func(*samlcheck.Case) samlcheck.Verdict { return samlcheck.Violated("so") }}
	assert.Len(t, sightings([]samlcheck.Check{mute}, nil), 1)
}

func TestInventory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := "package p\nvar Checks = []samlcheck.Check{a, a}\nvar a = samlcheck.Check{}\nvar b = samlcheck.Check{}\nvar c = other{}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.go"), []byte(src), 0o600))
	declared, listed := inventory(t, dir)
	assert.Equal(t, map[string]bool{"a": true, "b": true}, declared)
	assert.Equal(t, map[string]int{"a": 2}, listed)
}

// TestCertificateDatesFollowTheClock moves the clock instead of the fixture.
func TestCertificateDatesFollowTheClock(t *testing.T) {
	t.Parallel()
	for years, want := range map[int]string{
		-1: "not before 2026-01-01", 10: "ended 2036-01-01",
	} {
		c := load(t, fixtures.FS, "sp-metadata/good.xml", fixtures.Clock().AddDate(years, 0, 0))
		for _, check := range spmetadata.Checks {
			if check.ID == "spmetadata/certificate-end" {
				v := check.Judge(c)
				assert.Equal(t, samlcheck.Warn, v.Outcome(check.Level))
				assert.Contains(t, v.Because, want)
			}
		}
	}
}

func TestAnnouncementsReadsFolders(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"pairing/x/sp.xml":  {Data: []byte("<!-- want a/b: \"c\" -->\n<d/>")},
		"pairing/x/idp.xml": {Data: []byte("<d/>\n<!-- want e/f: \"\" -->")},
	}
	assert.ElementsMatch(t, []sighting{
		{check: "a/b", in: "sp-metadata", excerpt: "c", line: 2}, {check: "e/f", in: "idp-metadata", line: 3},
	}, announcements(t, fsys, "pairing/x"))
}
