package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var relayStateMissing = samlcheck.Check{
	ID:    "request/relay-state-missing",
	Title: "The request carries a RelayState.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Bindings.At("3.4.3")},
	Remedy: "Nothing has to be done: the service remembers in another way where people wanted to go, or " +
		"it does not. Try a deep link.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.step.Request.HasRelayState {
			return samlcheck.Holds("there is a RelayState")
		}
		return samlcheck.Violated("there is no RelayState").At(r.root("AuthnRequest"))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/relay-state.xml", Violated: "fixture:requests/relay-state-missing.xml"},
}
