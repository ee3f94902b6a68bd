package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var samlOne = samlcheck.Check{
	ID:    "response/saml-one",
	Title: "A response of SAML 1.1 is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("4.1.3"), cite.Core.At("4.1.2")},
	Remedy: "Okta and Entra do not send it unless told to. Ask the vendor to take SAML 2.0 alone at this address: of the " +
		"older version, other rules protect the service, and it is no longer looked after.",
	Trials: expect.AgainstShape("response", forge.SAML1()),
	Judge:  expect.RefusedLike(expect.Shape("response").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:saml1"},
}
