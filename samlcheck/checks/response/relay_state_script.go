package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the bindings want the RelayState protected by who makes it, and do not
// say what becomes of a foreign one.
var relayStateScript = samlcheck.Check{
	ID:    "response/relay-state-script",
	Title: "A login makes no link of a RelayState that is a script.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Bindings.At("3.5.3"), cite.House.At("relay-state-is-no-address")},
	Remedy: "A link that begins at your identity provider, or a form on any page, could lead people who have just signed in " +
		"to a page that looks like the service and asks for a password. Ask the vendor to follow a RelayState only to its " +
		"own pages, or to keep the address himself and send out a name for it.",
	Trials: relayed(trial.Script),
	Judge:  expect.StaysHome("spoilt", "unsolicited"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:relay-state"},
}
