package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var signedResponseOnly = samlcheck.Check{
	ID:    "response/signed-response-only",
	Title: "A response that is signed as a whole, and its assertion not, is accepted.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SSO04"), cite.Profiles.At("4.1.4.5")},
	Remedy: "Choose another signing option: in Entra Sign SAML assertion or Sign SAML response and assertion, " +
		"in Okta Assertion Signature: Signed.",
	Trials: trial.With(asked(expect.Shape("response"))),
	Judge:  expect.Accepted(expect.Shape("response").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:response-alone"},
}
