package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/report"
)

// Each support gets one page with what it asks for, and which SP was tested.
func TestTicketsHoldWhatEachAsksFor(t *testing.T) {
	t.Parallel()
	r := crowded()
	r.Faces[1].Scenes = []report.Scene{{Run: "entra/001", Shows: report.Control, Steps: []report.SceneStep{{Arrows: []report.Arrow{
		{Message: &report.Message{Kind: "response", Binding: "HTTP-POST", XML: `<Response><NameID>a@b.example</NameID></Response>`}},
	}}}}}
	for receiver, wants := range map[string][]string{
		report.ForVendor:    {"What we ask:** Does SAML login create accounts on this plan?", "a way in for an outsider", "The rest stands in report.html"},
		report.ForOkta:      {"flow.har", "user.authentication.sso", "SCIM"},
		report.ForMicrosoft: {"Correlation ID", "Timestamp", "<NameID>a@b.example</NameID>"},
	} {
		var b bytes.Buffer
		require.NoError(t, report.WriteTicket(&b, r, receiver))
		for _, want := range append(wants, "**live target**", "and 77 more (accounts.json)", "Evidence") {
			assert.Contains(t, b.String(), want, receiver)
		}
		assert.Less(t, strings.Count(b.String(), "\n"), 100, "one page")
	}
	require.ErrorContains(t, report.WriteTicket(&bytes.Buffer{}, r, "nobody"), "vendor, okta, microsoft")
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := sample()
	r.Faces[0].Findings[2].Because = "accepted\n::error::not ours %0A"
	require.NoError(t, report.WriteAnnotations(&b, r, "a,b.yaml"))
	assert.Contains(t, b.String(), "::error file=a%2Cb.yaml,title=samlcheck entra%3A not as expected::jit should be shut or not-provisioned")
	assert.Contains(t, b.String(), "::warning file=a%2Cb.yaml,title=samlcheck%3A request/unsigned::")
	assert.Contains(t, b.String(), "(tested: live target app.example)")
	assert.NotContains(t, b.String(), "\n::error::not ours", "no command but our own")
	assert.Contains(t, b.String(), "%250A")
	b.Reset()
	require.NoError(t, report.WriteAnnotations(&b, crowded(), ""))
	assert.Equal(t, 10, strings.Count(b.String(), "::error "), "GitHub shows no more of one step")

	b.Reset()
	require.NoError(t, report.WriteSummary(&b, r, "samlcheck-x"))
	for _, want := range []string{"tested: live target app.example", "| Okta | shut |", "| Microsoft Entra | undecided |", "**Not as expected:**", "**WARN request/unsigned**", "`samlcheck-x`"} {
		assert.Contains(t, b.String(), want)
	}
	b.Reset()
	require.NoError(t, report.WriteSummary(&b, sample(), ""))
	assert.NotContains(t, b.String(), "<script>")
}
