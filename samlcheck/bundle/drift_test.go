package bundle

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// seen is a run as another might have seen it.
func seen(t *testing.T, request, landing string, verdict oracle.Verdict, outcome samlcheck.Outcome, acs string) *Bundle {
	t.Helper()
	sp, err := metadata.Parse([]byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="`+acs+`" index="0"/></SPSSODescriptor></EntityDescriptor>`), "sp.xml")
	require.NoError(t, err)
	return &Bundle{
		SP:      sp,
		Records: []transcript.Record{{Face: "okta", Runs: []transcript.Run{{ID: "okta/000", Steps: []transcript.Step{{Name: "login", Request: &transcript.Message{XML: request}, Sent: &transcript.Message{XML: "<R/>"}}}}}}},
		Report: report.Report{Faces: []report.Face{{Face: "okta", JIT: &oracle.JIT{Verdict: verdict, Confidence: oracle.Confirmed},
			Landings: []report.Landing{{Trial: "known-1", Step: "login", Landing: landing}},
			Findings: []samlcheck.Finding{{Check: "response/replay", Outcome: outcome}}}}},
	}
}

func TestDriftIsWhatTwoRunsDidNotSeeAlike(t *testing.T) {
	t.Parallel()
	const request = `<AuthnRequest ID="_1" IssueInstant="2026-01-01T00:00:00Z"><NameIDPolicy Format="x"/></AuthnRequest>`
	was := seen(t, request, "in", oracle.Created, samlcheck.Pass, "https://sp.example/acs")
	same := seen(t, strings.Replace(request, "_1", "_2", 1), "in", oracle.Created, samlcheck.Pass, "https://sp.example/acs")
	none, err := Drifted(was, same)
	require.NoError(t, err)
	assert.Empty(t, none, "ids and times are new in every run")

	is := seen(t, strings.Replace(request, `Format="x"`, `Format="y" AllowCreate="true"`, 1), "out", oracle.Shut, samlcheck.Fail, "https://sp.example/saml/acs")
	got, err := Drifted(was, is)
	require.NoError(t, err)
	kinds := map[string][]string{}
	for _, d := range got {
		kinds[d.Kind] = append(kinds[d.Kind], d.What+": "+d.Was+" -> "+d.Is)
		if d.What == "response/replay" {
			assert.True(t, d.Worse)
		}
	}
	assert.NotEmpty(t, kinds[DriftMetadata])
	assert.Equal(t, []string{"/AuthnRequest/NameIDPolicy@AllowCreate:  -> true", "/AuthnRequest/NameIDPolicy@Format: x -> y"}, kinds[DriftRequest])
	assert.Equal(t, []string{"known-1 login: in -> out"}, kinds[DriftLanding])
	assert.Equal(t, []string{"jit: created -> shut", "response/replay: pass -> fail"}, kinds[DriftVerdict])
}

func TestIsTellsBundlesFromOtherThings(t *testing.T) {
	t.Parallel()
	path := written(t)
	assert.True(t, Is(path))
	assert.False(t, Is(path+"/ticket.md"))
	assert.False(t, Is(t.TempDir()))
}
