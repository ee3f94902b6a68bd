package status

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var requester = samlcheck.Check{
	ID:    "status/requester",
	Title: "An error because of the request signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("3.2.2.2"), cite.Profiles.At("4.1.4.2"), cite.SAML2Int.At("SDP-SP11")},
	Remedy: "Treat it as an incident: this is how an identity provider answers for a request that it does not understand, and " +
		"whoever can cause it gets in. Ask the vendor to let nobody in unless the StatusCode is success, and to show " +
		"people a page that helps them.",
	Trials: denied(forge.Refusal("urn:oasis:names:tc:SAML:2.0:status:Requester",
		"", "The request is wrong.")),
	Judge: expect.Refused,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:errors"},
}
