package statement

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var attributesMissing = samlcheck.Check{
	ID:    "statement/attributes-missing",
	Title: "A member who comes without attributes is signed in.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.7.3"), cite.SAML2Int.At("SDP-SP12")},
	Remedy: "Nothing has to be done where the attributes that the vendor asks for are set up in Okta or Entra. Look at the " +
		"page that people see when one is missing: it should say which.",
	Trials: trial.Against(forge.Without("AttributeStatement")),
	Judge:  expect.Accepted("spoilt"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:attributes-wanted"},
}
