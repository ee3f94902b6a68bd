package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var twoSubjects = samlcheck.Check{
	ID:    "response/two-subjects",
	Title: "A response that speaks of two people signs neither in.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Core.At("3.3.3")},
	Remedy: "Okta and Entra never send two assertions, so nothing is to be done there. Ask the vendor to refuse such a " +
		"response: which of the two people is meant is a guess.",
	Trials: several(forge.Vouched()),
	Judge:  expect.RefusedLike(expect.Shape("assertion").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:several-assertions flaw:wrap-first flaw:first-anywhere flaw:root-signature"},
}
