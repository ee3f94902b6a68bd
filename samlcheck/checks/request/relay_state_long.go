package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var relayStateLong = samlcheck.Check{
	ID:    "request/relay-state-long",
	Title: "RelayState has at most 80 bytes.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.4.3"), cite.Bindings.At("3.5.3")},
	Remedy: "Ask the vendor to correct it. Identity providers may cut it off or refuse it; the service " +
		"should keep its state and send only a reference.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		m := r.step.Request
		switch n := len(m.RelayState); {
		case !m.HasRelayState && n == 0:
			return samlcheck.NotApplicable("there is no RelayState")
		case n > 80:
			return samlcheck.Violated("RelayState has %d bytes", n).At(transcript.Ref{In: r.in, Excerpt: "RelayState"})
		default:
			return samlcheck.Holds("RelayState has %d bytes", n)
		}
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/relay-state.xml", Violated: "fixture:requests/relay-state-long.xml"},
}
