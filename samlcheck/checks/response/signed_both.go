package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var signedBoth = samlcheck.Check{
	ID:    "response/signed-both",
	Title: "A response is accepted whose whole and whose assertion are signed.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SSO04"), cite.Profiles.At("4.1.4.5")},
	Remedy: "This is what Okta sends by default. Set Response: Unsigned there, or in Entra Sign SAML assertion, " +
		"and tell the vendor.",
	Trials: trial.With(asked(expect.Shape("both"))),
	Judge:  expect.Accepted(expect.Shape("both").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:one-signature"},
}
