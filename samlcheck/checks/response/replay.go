package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var replay = samlcheck.Check{
	ID:    "response/replay",
	Title: "A response that was used is refused when it is posted again.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.5"), cite.Core.At("2.5.1.5")},
	Remedy: "Whoever finds a response in a log, a proxy or a browser's history can sign in with it. Ask the vendor to " +
		"remember each assertion's ID until its NotOnOrAfter and to refuse it the second time. Many libraries " +
		"leave that to the application. node-saml's validateInResponseTo: always uses up the request, which is " +
		"enough for logins that begin at the service; crewjam/saml remembers nothing, but with AllowIDPInitiated " +
		"off it asks for the cookie of the browser that made the request; SimpleSAMLphp wants a store.type other " +
		"than phpsession; Shibboleth must keep checkReplay=true, with one ReplayCache for all nodes.",
	Trials: trial.With(replayed(trial.AsTarget, "replay")),
	Judge:  expect.RefusedAgain("replay", "login"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:replay"},
}
