package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidMissing = samlcheck.Check{
	ID:    "subject/nameid-missing",
	Title: "An assertion without a NameID is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.4.1"), cite.SAML2Int.At("SDP-SP13")},
	Remedy: "Nothing has to be done where the service goes by an attribute and says so. Else ask the vendor what becomes of a " +
		"person without a name: in some products all of them share one account.",
	Trials: trial.Against(forge.Without("NameID")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:nameid"},
}
