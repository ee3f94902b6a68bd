package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var issuerMissing = samlcheck.Check{
	ID:    "response/issuer-missing",
	Title: "A signed response that names no Issuer is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Errata.At("E17")},
	Remedy: "Nothing has to be done: the assertion names its issuer, and the key says who has signed. Okta and Entra always " +
		"name it in the response too.",
	Trials: expect.AgainstShape("response", forge.Without("Response/Issuer")),
	Judge:  expect.RefusedLike(expect.Shape("response").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-issuer-unsaid"},
}
