// Package checktest proves checks: each must be seen to hold and to be violated,
// and to say nothing else. A document check is proven by fixtures, see [Lint]
// and [ProvenByFixtures]. It never judges a service: that is the engine's work.
package checktest

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var (
	wanted = regexp.MustCompile(`<!-- want (\S+): "([^"]*)" -->`)
	source = regexp.MustCompile(`<!-- source (\S+) -->`)
	served = regexp.MustCompile(`<!-- served (\S+) -->`)
)

// Lint runs the checks on every fixture under dir, at the given moment, in both
// directions: a violation must be announced by a comment on the line above it,
//
//	<!-- want spmetadata/acs-https: "http://sp.example/acs" -->
//
// and each announcement must come true. A check that says too much fails as
// surely as one that says too little. Checks of level Info may be announced and
// need not be.
//
// The name of dir says what lies there: sp-metadata and idp-metadata hold
// documents, pairing holds folders with sp.xml and idp.xml, requests holds
// AuthnRequests (package fixtures says how their scene is set).
func Lint(t *testing.T, fsys fs.FS, dir string, checks []samlcheck.Check, now time.Time) {
	t.Helper()
	entries, err := fs.ReadDir(fsys, dir)
	require.NoError(t, err)
	require.NotEmpty(t, entries, "no fixtures under %s", dir)
	for _, e := range entries {
		t.Run(e.Name(), func(t *testing.T) {
			t.Parallel()
			name := path.Join(dir, e.Name())
			got := sightings(checks, load(t, fsys, name, now))
			want := announcements(t, fsys, name)
			assert.Empty(t, disagreements(got, want))
		})
	}
}

// disagreements compares what was found with what was announced, both ways.
func disagreements(got, want []sighting) []string {
	var out []string
	for _, w := range want {
		if !slices.ContainsFunc(got, w.met) {
			out = append(out, "announced, not found: "+w.String())
		}
	}
	for _, g := range got {
		if !g.info && !slices.ContainsFunc(want, g.met) {
			out = append(out, "found, not announced: "+g.String())
		}
	}
	return out
}

// sighting is one violation, seen or announced.
type sighting struct {
	check, in, excerpt string
	line               int // 0: anywhere
	info               bool
}

func (s sighting) String() string {
	return fmt.Sprintf("%s in %s, line %d: %q", s.check, s.in, s.line, s.excerpt)
}

// met reports whether the announcement and the finding are about one thing.
func (s sighting) met(o sighting) bool {
	return s.check == o.check && s.excerpt == o.excerpt && s.in == o.in && (s.line == o.line || s.line == 0 || o.line == 0)
}

func sightings(checks []samlcheck.Check, c *samlcheck.Case) []sighting {
	var out []sighting
	for _, check := range checks {
		v := check.Judge(c)
		if v.Outcome(samlcheck.Must) != samlcheck.Fail {
			continue
		}
		s := sighting{check: check.ID, info: check.Level == samlcheck.Info, in: "request"}
		if len(v.Evidence) == 0 {
			s.excerpt = "a violation without evidence: " + v.Because
			out = append(out, s)
		}
		for _, e := range v.Evidence {
			s.line, s.excerpt = e.Line, e.Excerpt
			if strings.HasSuffix(e.In, "-metadata") || e.In == "aggregate" {
				s.in = e.In
			}
			out = append(out, s)
		}
	}
	return out
}

// announcements reads the want comments of a fixture, which may be a folder.
func announcements(t *testing.T, fsys fs.FS, name string) []sighting {
	t.Helper()
	var out []sighting
	for in, file := range parts(name) {
		raw, err := fs.ReadFile(fsys, file)
		require.NoError(t, err)
		for i, line := range strings.Split(string(raw), "\n") {
			for _, m := range wanted.FindAllStringSubmatch(line, -1) {
				out = append(out, sighting{check: m[1], in: in, excerpt: m[2], line: i + 2})
			}
		}
		require.Len(t, wanted.FindAllString(string(raw), -1), strings.Count(string(raw), "<!-- want "), "%s has a want comment that cannot be read", file)
	}
	return out
}

// parts names the files of a fixture by what evidence calls them.
func parts(name string) map[string]string {
	switch path.Base(path.Dir(name)) {
	case "sp-metadata":
		return map[string]string{"sp-metadata": name}
	case "idp-metadata":
		return map[string]string{"idp-metadata": name}
	case "aggregates":
		return map[string]string{"aggregate": name}
	case "pairing":
		return map[string]string{"sp-metadata": name + "/sp.xml", "idp-metadata": name + "/idp.xml"}
	default:
		return map[string]string{"request": name}
	}
}

// load makes the case that a fixture describes.
func load(t *testing.T, fsys fs.FS, name string, now time.Time) *samlcheck.Case {
	t.Helper()
	c := &samlcheck.Case{Now: now, Runs: map[string]transcript.Run{}}
	for in, file := range parts(name) {
		raw, err := fs.ReadFile(fsys, file)
		require.NoError(t, err)
		switch in {
		case "sp-metadata":
			c.SP, err = metadata.Parse(raw, file)
			require.NoError(t, err)
			require.NoError(t, metadata.RequireSP(c.SP))
			if m := source.FindSubmatch(raw); m != nil {
				c.SP.Source = string(m[1]) // the address that it is said to come from
			}
			if m := served.FindSubmatch(raw); m != nil {
				c.SP.Served = string(m[1]) // the media type that the address gave it
			}
		case "idp-metadata":
			c.IdP, err = metadata.Parse(raw, file)
			require.NoError(t, err)
			require.NoError(t, metadata.RequireIdP(c.IdP))
		case "aggregate":
			c.Whole, err = aggregate.Scan(bytes.NewReader(raw), aggregate.Options{Source: file, Now: now})
			require.NoError(t, err)
		default:
			stage(t, fsys, c, string(raw))
		}
	}
	return c
}
