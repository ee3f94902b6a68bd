package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var requestIgnored = samlcheck.Check{
	ID:    "logout/request-ignored",
	Title: "A LogoutRequest from the identity provider ends the session.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.7.3"), cite.Profiles.At("4.4.3.4")},
	Remedy: "Do not count on single logout when somebody leaves: deactivate the account at the service, too. Ask " +
		"the vendor to end the session that is named; where it is found by a cookie, the cookie must be " +
		"SameSite=None to be there.",
	Trials: trial.With(there()),
	Judge:  judgeIgnored,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:ignores-request slo:declared-only"},
}

func judgeIgnored(c *samlcheck.Case) samlcheck.Verdict {
	l, v, ok := read(c, there())
	switch {
	case !ok:
		return v
	case l.after.Dead():
		return samlcheck.Holds("the session is over: %s", l.after.Because).At(l.out.Ref, l.after.Ref)
	case l.after.Alive():
		return samlcheck.Violated("the session is alive after a good LogoutRequest: %s", l.after.Because).At(l.out.Ref, l.after.Ref)
	}
	return samlcheck.Undecided("after a good LogoutRequest, %s", l.after.Unclear()).At(l.after.Ref)
}
