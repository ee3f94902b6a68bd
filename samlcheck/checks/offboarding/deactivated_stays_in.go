package offboarding

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var deactivatedStaysIn = samlcheck.Check{
	ID:    "offboarding/deactivated-stays-in",
	Title: "Deactivating an account at the service ends its open sessions.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("off-boarding")},
	Remedy: "Ask the vendor to end the open sessions of an account that is deactivated. Until then, look for a way to " +
		"sign the person out everywhere at the service, or remove the account; neither Okta nor Entra can do it.",
	Trials: controls(deactivated()),
	Judge:  judgeDeactivated,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:keeps-disabled"},
}

func judgeDeactivated(c *samlcheck.Case) samlcheck.Verdict {
	name := deactivated().Name
	if _, done := c.Runs[name]; !done {
		return samlcheck.NotApplicable("not performed: the target file gives no way to deactivate an account (members.disable), or the run was cut short")
	}
	signedIn, why := expect.SessionAt(c, name, login)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	if !signedIn.Alive() {
		return samlcheck.NotApplicable("not applicable: nobody but the known member gets in, and he is not deactivated. "+
			"With `members: {list, invite, disable}` somebody is invited for it (%s)", signedIn.Unclear())
	}
	asked, why := expect.SessionAt(c, name, "disable")
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	if asked.Step.Person == "" {
		return samlcheck.NotApplicable("not applicable: the target file gives no way to deactivate an account (members.disable)")
	}
	first, why := expect.Revisitable(c, name, alive)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	w, why := expect.SessionAt(c, name, watched)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	t := follow(c, w)
	switch {
	case t.looks == 0 || t.unclear != "":
		return samlcheck.Undecided("what the session became is unclear: %s", t.unclear).At(w.Ref)
	case t.dead:
		return samlcheck.Holds("the session was dead %s after the account was deactivated", words(t.died)).At(first.Ref, w.Ref)
	}
	return samlcheck.Violated("the session was still alive %s after the account was deactivated; watching stopped then", words(t.lived)).At(first.Ref, w.Ref)
}
