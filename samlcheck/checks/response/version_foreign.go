package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var versionForeign = samlcheck.Check{
	ID:    "response/version-foreign",
	Title: "A response of another version than 2.0 is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("4.1.3"), cite.Core.At("3.2.2")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to look at Version before " +
		"anything else: of a later version nobody knows what its elements mean.",
	Trials: trial.Against(forge.VersionResponse("3.0")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-version"},
}
