package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

// It warns: Bindings 3.5.5.2 binds the sender to write it, and the recipient to
// compare it; what he does where it is not there is left open.
var destinationMissing = samlcheck.Check{
	ID:    "response/destination-missing",
	Title: "A signed response that names no Destination is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Bindings.At("3.5.5.2"), cite.Core.At("3.2.2")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to demand Destination of a signed " +
		"response. python3-saml and php-saml do with strict: true; crewjam/saml does.",
	Trials: expect.AgainstShape("response", forge.Unsaid("Response", "Destination")),
	Judge:  expect.RefusedLike(expect.Shape("response").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:destination-unsaid"},
}
