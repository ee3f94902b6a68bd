package suite_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	driven "example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// realBrowser is one warm Chromium, or a skipped test where there is none.
func realBrowser(t *testing.T) *driven.Chromium {
	t.Helper()
	c, err := driven.Start(context.WithoutCancel(t.Context()), driven.Options{})
	if errors.Is(err, driven.ErrMissing) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, c.Close()) })
	return c
}

// inChromium is what Chromium sees where it sees more than net/http, without a
// members view: what scripts draw.
func (q misleading) inChromium(m samepage.JIT) string {
	if q.quirk == samepage.QuirkScriptShell {
		return scriptDrawn[m]
	}
	return q.want(m, noView)
}

// The page of a script shell says who is signed in, and nothing else: it has
// no words for a gate, so that who is kept out there is a stranger to it.
var scriptDrawn = map[samepage.JIT]string{
	off: "shut", create: "admitted", inactive: "shut", gate: "shut|not-admitted",
}

// TestModesInChromium is TestModes with a real browser and without a view. In
// turn each quirk in one mode with one face; with -faces everything. With
// -update it writes down what it saw, from which docs/lifecycle.md is written.
func TestModesInChromium(t *testing.T) {
	t.Parallel()
	if raced || testing.Short() {
		t.Skip("too slow here: a real browser")
	}
	c := realBrowser(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	for n, q := range misleadings {
		for k, m := range q.modes {
			want := q.inChromium(m)
			if want == "-" {
				continue
			}
			for i, face := range []string{"okta", "entra"} {
				first := k == 0 && (i+n)%2 == 0 || q.quirk == samepage.QuirkScriptShell
				if !*everyFace && !first {
					continue
				}
				t.Run(fmt.Sprintf("%s/%s/%s", q.quirk, m, face), func(t *testing.T) {
					t.Parallel()
					j := inBrowser(t, c, face, samepage.Options{JIT: m, Quirks: quirks(q.quirk), Key: key}, q.quirk == samepage.QuirkLockedKnown)
					assert.Contains(t, strings.Split(want, "|"), said(j), "%s\n%v", j.Because, j.Findings)
					if *update {
						see(t, cell{string(q.quirk), string(m), face}, said(j))
					}
				})
			}
		}
	}
}

// inBrowser runs the experiment once, in Chromium.
func inBrowser(t *testing.T, c *driven.Chromium, face string, o samepage.Options, locked bool) oracle.JIT {
	t.Helper()
	sp, tg := standIn(t, face, false, o)
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	if locked {
		require.NoError(t, sp.Server.Disable(samepage.KnownMember))
	}
	res, err := suite.Run(t.Context(), suite.Options{Loaded: tg, Faces: []string{face}, Select: []string{suite.JIT}, Browser: "chromium", Chromium: c})
	require.NoError(t, err)
	return *res.Report.Faces[0].JIT
}

// A bundle of a run in Chromium has pictures, and the manifest lists them.
func TestScreens(t *testing.T) {
	t.Parallel()
	if raced || testing.Short() {
		t.Skip("too slow here: a real browser")
	}
	c := realBrowser(t)
	sp, tg := standIn(t, "okta", false, samepage.Options{JIT: create})
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	res, err := suite.Run(t.Context(), suite.Options{
		Loaded: tg, Faces: []string{"okta"}, Select: []string{suite.JIT}, Browser: "chromium", Chromium: c, Out: t.TempDir(),
	})
	require.NoError(t, err)
	pictures, err := filepath.Glob(filepath.Join(res.Bundle, "screens", "*.jpg"))
	require.NoError(t, err)
	assert.NotEmpty(t, pictures)
	manifest, err := os.ReadFile(filepath.Join(res.Bundle, "manifest.json"))
	require.NoError(t, err)
	assert.Contains(t, string(manifest), "screens/")
	assert.Contains(t, string(manifest), `"browser": "chromium"`)
	record, err := os.ReadFile(filepath.Join(res.Bundle, "transcript.jsonl"))
	require.NoError(t, err)
	assert.Contains(t, string(record), `"screen":"screens/`+strings.TrimSuffix(filepath.Base(pictures[0]), ".jpg"))
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, res.Report.Faces[0].JIT.Verdict, again.Faces[0].JIT.Verdict)
}
