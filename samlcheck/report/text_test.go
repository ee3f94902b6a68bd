package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
)

func words(t *testing.T, r *report.Report, o report.TextOptions) (text string, lines int) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.WriteText(&b, r, o))
	return strings.Join(strings.Fields(b.String()), " "), strings.Count(b.String(), "\n")
}

// crowded is a report of a service that keeps hardly any rule, with two faces.
func crowded() *report.Report {
	r := sample()
	for i := range r.Faces {
		f := &r.Faces[i]
		f.Findings = nil
		for n := range 200 {
			f.Findings = append(f.Findings,
				samlcheck.Finding{Check: fmt.Sprintf("crowd/fail-%d", n), Outcome: samlcheck.Fail, Remedy: fmt.Sprintf("Mend number %d. Or not.", n), Because: fmt.Sprintf("thing %d was accepted", n)},
				samlcheck.Finding{Check: fmt.Sprintf("crowd/way-%d", n), Outcome: samlcheck.Fail, Reach: "outsider", Remedy: "Anybody can be anybody. Have number " + fmt.Sprint(n) + " mended.",
					Because: "the forged person is signed in: home: 200 app.example/home like the known member, 31 of its 31 own words"},
				samlcheck.Finding{Check: fmt.Sprintf("crowd/info-%d", n), Outcome: samlcheck.Note, Because: "a fact"},
				samlcheck.Finding{Check: fmt.Sprintf("crowd/open-%d", n), Outcome: samlcheck.Inconclusive, Because: "the control did not get in"},
			)
		}
		for n := range 40 {
			f.Accounts = append(f.Accounts,
				report.Account{Email: fmt.Sprintf("left-%s-%d@acme.example", f.Face, n), State: report.MayExist, Why: "a response was posted"},
				report.Account{Email: fmt.Sprintf("gone-%s-%d@acme.example", f.Face, n), State: report.Removed, Why: "a response was posted"})
		}
	}
	r.Finish(nil, false)
	return r
}

// A full run has hundreds of findings: what is printed of them stays short.
func TestTextIsReadInTenSeconds(t *testing.T) {
	t.Parallel()
	text, lines := words(t, crowded(), report.TextOptions{Width: 100, Bundle: "b"})
	assert.Less(t, lines, 60)
	assert.NotContains(t, text, "crowd/info", "facts are not listed")
	assert.NotContains(t, text, "31 of its 31", "nor the pages on which a reason rests")
	assert.Contains(t, text, "FAIL crowd/way-0 and 199 more: crowd/way-1, crowd/way-2 ... the forged person is signed in")
	assert.Contains(t, text, "and 194 more, in the report")
	assert.Contains(t, text, "Undecided 400 of 400 because of this: the control did not get in")
	assert.Contains(t, text, "Look for 80 addresses: left-okta-0@acme.example, left-okta-1@acme.example, left-okta-2@acme.example and 77 more (accounts.json)")
	assert.Contains(t, text, "Removed 80 accounts that this run had made:")
	assert.Less(t, strings.Index(text, "crowd/way-0"), strings.Index(text, "crowd/fail-0"), "what an outsider can do comes first")
	assert.Contains(t, text, "Every finding: samlcheck report -v b")

	all, _ := words(t, crowded(), report.TextOptions{Width: 100, Verbose: true})
	for _, want := range []string{"okta crowd/info-199", "entra crowd/fail-199", "31 of its 31", "gone-entra-39@acme.example"} {
		assert.Contains(t, all, want)
	}
}

// Findings are grouped only where cause and consequence are the same.
func TestGroups(t *testing.T) {
	t.Parallel()
	of := func(id, because, remedy string) samlcheck.Finding {
		return samlcheck.Finding{Check: id, Outcome: samlcheck.Fail, Because: because, Remedy: remedy}
	}
	fs := []samlcheck.Finding{
		of("a/audience", "the spoilt response was accepted", "Compare the audience."),
		of("a/expiry", "the spoilt response was accepted", "Compare the times."),
		of("a/no-reference", "the response (no reference) was accepted", "Anybody can sign. Demand one."),
		of("a/two-references", "the response (two references) was accepted", "Anybody can sign. Demand only one."),
		of("a/certificate", "the certificate ended", "Renew it."),
		of("a/expired", "nobody gets in", "Look at the clock."),
	}
	r := &report.Report{Faces: []report.Face{
		{Face: "okta", Findings: fs, Diagnosis: []report.Diagnosis{{ID: "D10", Cause: "An old certificate.", Remedy: "Upload the new one.", RestsOn: []string{"a/certificate", "a/expired"}}}},
		{Face: "entra", Findings: fs[:1]},
	}}
	got := map[string][]string{}
	for _, g := range report.Groups(r) {
		for _, x := range g.Items[1:] {
			got[g.Items[0].Finding.Check] = append(got[g.Items[0].Finding.Check], x.Finding.Check)
		}
		if g.Items[0].Finding.Check == "a/audience" {
			assert.Equal(t, []string{"okta", "entra"}, g.Items[0].Faces, "one check, two faces")
		}
	}
	assert.Equal(t, map[string][]string{
		"a/no-reference": {"a/two-references"},
		"a/certificate":  {"a/expired"},
	}, got)
}

// Two faces that saw the same are told once.
func TestFacesThatSawTheSameShareAHeading(t *testing.T) {
	t.Parallel()
	r := sample()
	r.Faces[1] = r.Faces[0]
	r.Faces[1].Face = "entra"
	text, _ := words(t, r, report.TextOptions{})
	assert.Contains(t, text, "As Okta and as Microsoft Entra JIT provisioning shut.")
	assert.Equal(t, 1, strings.Count(text, "JIT provisioning"))
}
