package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var recipientScheme = samlcheck.Check{
	ID:    "subject/recipient-scheme",
	Title: "A Recipient that differs in its scheme is another address.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Nothing has to be done as long as logins work: the value that was set up is the one that comes. Where a login " +
		"fails after a change of an address, look for a last slash, another case or another scheme first.",
	Trials: trial.Against(forge.Reworded("SubjectConfirmationData", "Recipient", forge.SchemeOtherwise)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:loose-recipient flaw:recipient"},
}
