package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// login is a run with a response for somebody, as it goes over the wire.
func login(id, trial, name, audience, because string) transcript.Run {
	at := ten.Add(time.Duration(len(id)) * time.Minute)
	stamp := at.Format(time.RFC3339)
	xml := `<Response ID="id-` + strings.ReplaceAll(id, "/", "-") + `-response" IssueInstant="` + stamp + `"><Assertion><NameID>` + name + `<!-- c --></NameID><Audience>` + audience + `</Audience><DigestValue>` + id + `abcdefgh</DigestValue></Assertion></Response>`
	return transcript.Run{ID: id, Trial: trial, Part: because, Steps: []transcript.Step{{
		Name: "login", Do: "log in", Began: at, Took: 20,
		Request: &transcript.Message{XML: `<AuthnRequest ID="r-` + id + `"/>`, Binding: "HTTP-Redirect"},
		Sent:    &transcript.Message{XML: xml, Binding: "HTTP-POST", Signed: "both"},
		Login: []transcript.Hop{
			{Method: "GET", URL: "https://app.example/login", Status: 302, Location: "https://idp.example/sso?SAMLRequest=~1"},
			{Method: "GET", URL: "https://idp.example/sso?SAMLRequest=~1", AtIdP: true, Status: 200, Title: "Okta"},
			{Method: "POST", URL: "https://app.example/acs", Posted: []string{"SAMLResponse"}, Status: 200, Title: "<script>alert(1)</script>", RequestIDs: map[string]string{"cf-ray": "77"}},
		},
	}}}
}

func drawn() *report.Report {
	rec := transcript.Record{Face: "okta", Runs: []transcript.Run{
		login("okta/1", "known-1", "alice@acme.example", "https://app.example/saml", "known"),
		login("okta/22", "fresh-1", "bob@acme.example", "https://app.example/saml", "newcomer"),
		login("okta/333", "spoilt", "alice@acme.example", "https://other.example/sp", "question"),
		login("okta/4444", "spoilt", "carol@acme.example", "https://app.example/saml", "question"),
	}}
	f := report.FaceOf(rec, []samlcheck.Finding{
		{Check: "response/audience-foreign", Outcome: samlcheck.Fail, Reach: "outsider", Because: "accepted", Evidence: []transcript.Ref{{In: "okta/333#login"}}},
		{Check: "response/expired", Outcome: samlcheck.Pass, Because: "refused", Evidence: []transcript.Ref{{In: "okta/4444#login"}}},
	}, nil)
	return &report.Report{Target: report.Target{Name: "x", Kind: report.LiveTarget, Hosts: []string{"app.example"}}, Started: ten, Finished: ten, Faces: []report.Face{f}}
}

// Only what decides and what is bad is drawn, with its messages.
func TestScenesAreThoseThatMatter(t *testing.T) {
	t.Parallel()
	f := drawn().Faces[0]
	require.Len(t, f.Scenes, 3)
	assert.Equal(t, report.Control, f.Scenes[0].Shows)
	assert.Equal(t, report.Decides, f.Scenes[1].Shows)
	assert.Equal(t, "response/audience-foreign", f.Scenes[2].Shows)
	arrows := f.Scenes[0].Steps[0].Arrows
	require.Len(t, arrows, 3)
	assert.Equal(t, "GET /login", arrows[0].Call)
	assert.Equal(t, "302 to idp.example/sso", arrows[0].Answer)
	assert.True(t, arrows[1].ToIdP)
	assert.Equal(t, "request", arrows[1].Message.Kind)
	assert.Equal(t, "response", arrows[2].Message.Kind)
	assert.Equal(t, []string{"cf-ray 77"}, arrows[2].IDs)
}

// The page marks what differs from the control and nothing that differs between
// any two logins, and shows a message as it was sent.
func TestDifferencesAreMarked(t *testing.T) {
	t.Parallel()
	out := render(t, report.WriteHTML, drawn())
	assert.Contains(t, out, `<del>    &lt;Audience&gt;https://<mark>app.example/saml</mark>&lt;/Audience&gt;</del>`)
	assert.Contains(t, out, `<ins>    &lt;Audience&gt;https://<mark>other.example/sp</mark>&lt;/Audience&gt;</ins>`)
	assert.Contains(t, out, `<mark>bob</mark>@acme.example&lt;!-- c --&gt;&lt;/NameID&gt;</ins>`, "a comment within a text stays where it is")
	for _, noise := range []string{"DigestValue", "IssueInstant", "ID="} {
		for _, line := range strings.Split(out, "\n") {
			if strings.HasPrefix(line, "<ins>") || strings.HasPrefix(line, "<del>") {
				assert.NotContains(t, line, noise)
			}
		}
	}
	assert.NotContains(t, out, "<script")
	assert.NotContains(t, out, "carol@", "a login that proves nothing bad is not shown")
	assert.Contains(t, out, "Forged, and it got in: response/audience-foreign")
	assert.Contains(t, out, `href="#login-okta-333"`)
	assert.Equal(t, 1, strings.Count(out, `id="login-okta-333"`), "drawn once")
}

// What was sent is shown even where it is no XML at all.
func TestMessagesThatAreNoXML(t *testing.T) {
	t.Parallel()
	for _, xml := range []string{"", "<", "<a", "</a>", "<a><b></a>", "<!DOCTYPE a [<!ENTITY x '>'>]><a>&x;</a>", "<a b='>'>t</a>", "<![CDATA[", "<!--", "\x00", strings.Repeat("<a>", 5000)} {
		r := drawn()
		r.Faces[0].Scenes[2].Steps[0].Arrows[2].Message.XML = xml
		assert.NotEmpty(t, render(t, report.WriteHTML, r), xml)
	}
}
