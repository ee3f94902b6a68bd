package request

import (
	"net/url"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var relayStateAddress = samlcheck.Check{
	ID:    "request/relay-state-address",
	Title: "RelayState is opaque, and not an address to go to.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Bindings.At("3.4.3"), cite.House.At("relay-state-address")},
	Remedy: "Leave Default RelayState (Okta) and Relay State (Entra) empty. Ask the vendor to send a " +
		"reference and to check where it leads: an address that travels in the open can be exchanged for " +
		"another.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		m := r.step.Request
		switch u, err := url.Parse(strings.TrimSpace(m.RelayState)); {
		case m.RelayState == "":
			return samlcheck.NotApplicable("there is no RelayState")
		case err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", strings.HasPrefix(m.RelayState, "//"):
			return samlcheck.Violated("RelayState is the address %s", expect.Excerpt(m.RelayState)).At(transcript.Ref{In: r.in, Excerpt: expect.Excerpt(m.RelayState)})
		}
		return samlcheck.Holds("RelayState is no address")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/relay-state.xml", Violated: "fixture:requests/relay-state-address.xml"},
}
