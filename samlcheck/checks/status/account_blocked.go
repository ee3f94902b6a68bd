package status

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var accountBlocked = samlcheck.Check{
	ID:    "status/account-blocked",
	Title: "An error because the account is blocked signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("3.2.2.2"), cite.Profiles.At("4.1.4.2"), cite.SAML2Int.At("SDP-SP11")},
	Remedy: "Treat it as an incident: this is how an identity provider answers for a person whose account is blocked, and " +
		"whoever can cause it gets in. Ask the vendor to let nobody in unless the StatusCode is success, and to show " +
		"people a page that helps them.",
	Trials: denied(forge.Refusal("urn:oasis:names:tc:SAML:2.0:status:Responder",
		"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed", "ErrorCode nr23")),
	Judge: expect.Refused,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:errors"},
}
