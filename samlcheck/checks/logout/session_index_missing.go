package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var sessionIndexMissing = samlcheck.Check{
	ID:    "logout/session-index-missing",
	Title: "A LogoutRequest without a SessionIndex ends all sessions of the person.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.7.3")},
	Remedy: "When somebody is signed out everywhere, sessions in other browsers live on. Ask the vendor to keep " +
		"its sessions where they can be ended by NameID; a logout that only forgets a cookie cannot.",
	Trials: trial.With(there(), thereForAll()),
	Judge:  judgeAll,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:needs-index"},
}

func judgeAll(c *samlcheck.Case) samlcheck.Verdict {
	good, v, ok := read(c, there())
	switch {
	case !ok:
		return v
	case good.after.Alive():
		return samlcheck.NotApplicable("not applicable: a LogoutRequest with a SessionIndex does not end the session either").At(good.out.Ref)
	}
	l, v, ok := read(c, thereForAll())
	if !ok {
		return v
	}
	if _, why := expect.Revisitable(c, thereForAll().Name, "alive-2"); why != "" {
		return samlcheck.Undecided("%s", why)
	}
	o, why := expect.SessionAt(c, thereForAll().Name, other)
	switch {
	case why != "":
		return samlcheck.Undecided("%s", why)
	case l.after.Dead() && o.Dead():
		return samlcheck.Holds("both sessions of the person are over, in two browsers").At(l.out.Ref, o.Ref)
	case l.after.Alive() && o.Alive():
		return samlcheck.Violated("without a SessionIndex no session ended").At(l.out.Ref, o.Ref)
	case l.after.Dead() && o.Alive():
		return samlcheck.Violated("only the session of the browser that brought the request ended; the other is alive: %s", o.Because).At(l.out.Ref, o.Ref)
	}
	return samlcheck.Undecided("here %s; in the other browser %s", l.after.Unclear(), o.Unclear()).At(l.after.Ref, o.Ref)
}
