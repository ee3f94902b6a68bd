package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns nobody to say that libraries leave this off: the profile says MUST,
// so it fails, and the remedy names the setting.
var inResponseToUnknown = samlcheck.Check{
	ID:    "response/in-response-to-unknown",
	Title: "A response to a request that was never made is refused.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Somebody could be signed in with a response that was made for another browser. Many libraries do " +
		"not check this unless told to: node-saml wants validateInResponseTo: always (or ifPresent), " +
		"python3-saml, php-saml and ruby-saml want the request's ID passed in. Ask the vendor to switch it " +
		"on.",
	Trials: trial.Against(forge.InResponseTo("_samlcheck-never-asked")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:in-response-to"},
}
