package request

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var acsNotInMetadata = samlcheck.Check{
	ID:    "request/acs-not-in-metadata",
	Title: "The ACS that the request asks for stands in the service's metadata.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.SAML2Int.At("SDP-SP05"), cite.EntraErrors.At("AADSTS50011")},
	Remedy: "Add exactly this URL in Entra as Reply URL (else AADSTS50011) and in Okta under Other " +
		"Requestable SSO URLs, and ask the vendor to publish it in the metadata.",
	Reads:  samlcheck.SPMetadata,
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		var urls, indexes []string
		for _, acs := range c.SP.ACS() {
			urls, indexes = append(urls, acs.Location), append(indexes, acs.Index)
		}
		switch {
		case r.ACSURL != "" && !slices.Contains(urls, r.ACSURL):
			return samlcheck.Violated("%s is not in the metadata, which has %s", expect.Excerpt(r.ACSURL), expect.Excerpt(strings.Join(urls, ", "))).
				At(r.root("AssertionConsumerServiceURL=" + r.ACSURL))
		case r.ACSIndex != "" && !slices.Contains(indexes, r.ACSIndex):
			return samlcheck.Violated("index %s is not in the metadata", expect.Excerpt(r.ACSIndex)).At(r.root("AssertionConsumerServiceIndex=" + r.ACSIndex))
		case r.ACSURL == "" && r.ACSIndex == "":
			return samlcheck.Holds("the request leaves the ACS to the metadata")
		}
		return samlcheck.Holds("the ACS stands in the metadata")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/acs-not-in-metadata.xml"},
}
