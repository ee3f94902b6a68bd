package suite_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/capture/capturetest"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// What a recording says of the request, the driven run says, too.
func TestARecordingSaysWhatTheRunSays(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	got, err := suite.Analyze(bytes.NewReader(capturetest.File(capturetest.Chrome, s.Login(t, s.Reply()))),
		suite.AnalyzeOptions{Name: "trace.har", SP: s.SPDoc, IdP: s.IdPDoc})
	require.NoError(t, err)
	asTheRunSays(t, got.Report)
}

// asTheRunSays compares what was made of a recording with a driven run.
func asTheRunSays(t *testing.T, got *report.Report) {
	t.Helper()
	sp, tg := standIn(t, "okta", false, samepage.Options{})
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	want, err := suite.Run(t.Context(), suite.Options{Loaded: tg, Faces: []string{"okta"}, Select: []string{"request", "session/start-astray"}})
	require.NoError(t, err)
	compared := 0
	for _, f := range got.Faces[0].Findings {
		if !strings.HasPrefix(f.Check, "request/") && f.Check != "session/start-astray" {
			continue
		}
		for _, w := range want.Report.Faces[0].Findings {
			if w.Check == f.Check {
				compared++
				assert.Equal(t, w.Answer, f.Answer, "%s: %s / %s", f.Check, w.Because, f.Because)
			}
		}
	}
	assert.Greater(t, compared, 30)
	rest := func(r *report.Report) string {
		for _, l := range r.Faces[0].Landings {
			if l.Step == "login" {
				return l.At[strings.LastIndexByte(l.At, '/'):]
			}
		}
		return ""
	}
	assert.Equal(t, rest(want.Report), rest(got), "both came to rest on the same page")
	assert.Empty(t, got.Faces[0].Landings[0].Landing, "a recording has no controls: where it landed is not claimed")
}

// The bundle of a recording says what the analysis said, and holds no secret of it.
func TestBundleOfARecording(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	es := s.Login(t, s.Reply())
	res, err := suite.Analyze(bytes.NewReader(capturetest.File(capturetest.Firefox, es)),
		suite.AnalyzeOptions{Name: "trace.har", SP: s.SPDoc, IdP: s.IdPDoc, Out: t.TempDir()})
	require.NoError(t, err)
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, res.Report.Faces[0].Diagnosis, again.Faces[0].Diagnosis)
	assert.Equal(t, res.Report.Faces[0].Findings, again.Faces[0].Findings)
	assert.Equal(t, report.Capture, again.Target.Kind)
	posted := es[capturetest.Answering(es)].Field("SAMLResponse")
	xml, err := base64.StdEncoding.DecodeString(posted)
	require.NoError(t, err)
	var values []string
	for _, m := range regexp.MustCompile(`SignatureValue>\s*([^<]{60})`).FindAllStringSubmatch(string(xml), -1) {
		values = append(values, m[1])
	}
	require.NotEmpty(t, values)
	require.NoError(t, filepath.WalkDir(res.Bundle, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		require.NoError(t, err)
		// As a word: the letters of a certificate may spell a name by chance.
		assert.NotRegexp(t, `(?i)\balice\b`, string(raw), p)
		assert.NotContains(t, string(raw), posted, p)
		for _, piece := range values {
			assert.NotContains(t, string(raw), piece, "%s: the value of a signature", p)
		}
		return nil
	}))
}
