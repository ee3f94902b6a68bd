package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var sessionKept = samlcheck.Check{
	ID:    "logout/session-kept",
	Title: "Signing out at the service ends the session there.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.7.3"), cite.House.At("local-logout")},
	Remedy: "Whoever signs out at a shared computer is still signed in. Ask the vendor to end the session on the " +
		"server, and not only to forget a cookie; until then, close the browser.",
	Trials: trial.With(here()),
	Judge:  judgeKept,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:keeps-session"},
}

func judgeKept(c *samlcheck.Case) samlcheck.Verdict {
	l, v, ok := read(c, here())
	switch {
	case !ok:
		return v
	case l.after.Dead():
		return samlcheck.Holds("the session is over: %s", l.after.Because).At(l.after.Ref)
	case !l.after.Alive():
		return samlcheck.Undecided("after signing out, %s", l.after.Unclear()).At(l.after.Ref)
	case l.heard("LogoutRequest") != nil && !l.answered():
		return samlcheck.NotApplicable("not applicable: the LogoutRequest could not be answered, because the metadata names no endpoint for it").At(l.out.Ref)
	}
	return samlcheck.Violated("after signing out the person is still signed in: %s", l.after.Because).At(l.out.Ref, l.after.Ref)
}
