package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var audienceSlash = samlcheck.Check{
	ID:    "conditions/audience-slash",
	Title: "An Audience that differs in its last slash is another audience.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.5.1.4"), cite.Core.At("1.3.2")},
	Remedy: "Nothing has to be done as long as logins work: the value that was set up is the one that comes. Where a login " +
		"fails after a change of an address, look for a last slash, another case or another scheme first.",
	Trials: trial.Against(forge.Reworded("Audience", "", forge.SlashOtherwise)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:loose-audience flaw:audience"},
}
