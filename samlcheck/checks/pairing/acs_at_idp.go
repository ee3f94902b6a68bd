package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var acsAtIdp = samlcheck.Check{
	ID:    "pairing/acs-at-idp",
	Title: "Responses go to the service, not back to the identity provider.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.1.6")},
	Remedy: "The service publishes the identity provider's own URL as its ACS: somebody has entered the SSO " +
		"URL where the ACS URL belongs. Enter the service's own ACS URL, in Okta as Single sign-on URL, " +
		"in Entra as Reply URL.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		var bad []transcript.Ref
		for _, acs := range sp.ACS() {
			for _, sso := range idp.SSO() {
				if acs.Location != "" && acs.Location == sso.Location {
					bad = append(bad, sp.At(acs.Element, acs.Location))
					break
				}
			}
		}
		return expect.None(bad, "no ACS is an address of the identity provider", "the ACS is the identity provider's own SingleSignOnService")
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/good", Violated: "fixture:pairing/acs-at-idp"},
}
