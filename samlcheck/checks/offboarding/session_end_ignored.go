package offboarding

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var sessionEndIgnored = samlcheck.Check{
	ID:    "offboarding/session-end-ignored",
	Title: "The session ends when the assertion says that it does.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.Core.At("2.7.2")},
	Remedy: "Ask the vendor to end the session at SessionNotOnOrAfter. Okta sends it where Maximum App Session Lifetime " +
		"is set to be sent in the response; Entra does not. Where it is ignored, sessions last as long as the service likes.",
	Trials: controls(brief()),
	Judge:  judgeSessionEnd,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:session-over"},
}

// judgeSessionEnd compares when the session died with when the assertion let it
// end. Clocks differ by minutes, so nothing is held against a service before.
func judgeSessionEnd(c *samlcheck.Case) samlcheck.Verdict {
	signedIn, why := expect.SessionAt(c, brief().Name, login)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	if signedIn.Dead() {
		return samlcheck.NotApplicable("not applicable: a login that says when its session ends is refused: %s", signedIn.Because)
	}
	first, why := expect.Revisitable(c, brief().Name, alive)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	w, why := expect.SessionAt(c, brief().Name, watched)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	began := w.Step.Began.Sub(signedIn.Step.Began) // the assertion was issued no earlier
	t := follow(c, w)
	switch {
	case t.looks < 2 && !t.dead:
		return samlcheck.NotApplicable("not performed: nobody waited for the end of the session. `samlcheck offboard --watch 6m` does")
	case t.unclear != "":
		return samlcheck.Undecided("what the session became is unclear: %s", t.unclear).At(w.Ref)
	case t.dead:
		return samlcheck.Holds("the session was to end after %s: it was alive %s after the login began, and dead after %s",
			words(sessionEnds), words(began+t.lived), words(began+t.died)).At(first.Ref, w.Ref)
	case t.lived <= sessionEnds+skew:
		return samlcheck.Undecided("the session was to end after %s and was alive %s later, which clocks that differ could explain; watch for %s",
			words(sessionEnds), words(max(t.lived-sessionEnds, 0)), words(6*time.Minute)).At(w.Ref)
	}
	return samlcheck.Violated("the session was to end %s after the login, and was still alive %s after its end; watching stopped then",
		words(sessionEnds), words(t.lived-sessionEnds)).At(first.Ref, w.Ref)
}
