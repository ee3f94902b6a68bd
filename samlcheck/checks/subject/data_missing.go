package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Profiles 4.1.4.3 says that an assertion whose confirmation cannot be met
// SHOULD NOT be used; its MUSTs speak of bearer ones that have data.
var dataMissing = samlcheck.Check{
	ID:    "subject/data-missing",
	Title: "An assertion is refused whose confirmation says neither until when nor where.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to demand one SubjectConfirmation " +
		"whose Method is bearer and whose data hold. crewjam/saml, node-saml and samlify leave that to the application.",
	Trials: trial.Against(forge.Without("SubjectConfirmationData")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-data"},
}
