package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var relayStateLost = samlcheck.Check{
	ID:    "logout/relay-state-lost",
	Title: "The RelayState of a LogoutRequest comes back with the LogoutResponse.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.4.3")},
	Remedy: "The identity provider may not know which logout was answered. Ask the vendor to send RelayState back " +
		"as it came.",
	Trials: trial.With(there()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		l, v, ok := read(c, there())
		switch {
		case !ok:
			return v
		case l.heard("LogoutResponse") == nil:
			return samlcheck.NotApplicable("not applicable: no LogoutResponse came")
		case l.out.Step.Logout.Heard.RelayState != relay:
			return samlcheck.Violated("RelayState was %q, and came back as %q", relay, l.out.Step.Logout.Heard.RelayState).At(l.out.Ref)
		}
		return samlcheck.Holds("RelayState came back as it was sent").At(l.out.Ref)
	},
	Proof: samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:relay"},
}
