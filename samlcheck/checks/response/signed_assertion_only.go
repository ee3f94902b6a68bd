package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var signedAssertionOnly = samlcheck.Check{
	ID:    "response/signed-assertion-only",
	Title: "A response of which only the assertion is signed is accepted.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SSO04"), cite.Profiles.At("4.1.4.5")},
	Remedy: "This is what Entra sends by default. Choose Sign SAML response and assertion there; in Okta leave " +
		"Response: Signed.",
	Trials: trial.With(asked(expect.Shape("assertion"))),
	Judge:  expect.Accepted(expect.Shape("assertion").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:assertion-alone"},
}
