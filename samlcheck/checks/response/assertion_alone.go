package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var assertionAlone = samlcheck.Check{
	ID:    "response/assertion-alone",
	Title: "An assertion without a response around it is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Core.At("3.3.3")},
	Remedy: "Okta and Entra always send a response. Ask the vendor to take nothing else at this address: without a response " +
		"there is no status, no destination and no request that is answered.",
	Trials: expect.AgainstShape("assertion", forge.AssertionAlone()),
	Judge:  expect.RefusedLike(expect.Shape("assertion").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:assertion-root"},
}
