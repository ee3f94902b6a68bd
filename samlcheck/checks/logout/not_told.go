package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var notTold = samlcheck.Check{
	ID:    "logout/identity-provider-not-told",
	Title: "Signing out at the service tells the identity provider.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.4.3.3"), cite.House.At("local-logout")},
	Remedy: "Only the session here ends: at a shared computer the next sign-in needs no password, as long as the " +
		"session at the identity provider lasts. Tell people to sign out of Okta or Microsoft 365, too, or set " +
		"single logout up on both sides (Okta: Enable Single Logout; Entra: Logout URL).",
	Trials: trial.With(here()),
	Judge:  judgeTold,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:local-only slo:declared-only"},
}

func judgeTold(c *samlcheck.Case) samlcheck.Verdict {
	l, v, ok := read(c, here())
	switch {
	case !ok:
		return v
	case l.heard("LogoutRequest") != nil:
		return samlcheck.Holds("a LogoutRequest came to the identity provider by %s", l.out.Step.Logout.Heard.Binding).At(l.out.Ref)
	case l.after.Dead():
		return samlcheck.Violated("the logout is local: the session ended here, and no LogoutRequest came to the identity provider, where the person stays signed in").At(l.out.Ref, l.after.Ref)
	}
	return samlcheck.Violated("no LogoutRequest came to the identity provider").At(l.out.Ref)
}
