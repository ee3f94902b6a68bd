package provisioning

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var plainAttributesEnough = samlcheck.Check{
	ID:    "provisioning/plain-attributes-enough",
	Title: "What the identity provider sends by default is enough to get in.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("attributes")},
	Remedy: "Add the missing attributes in Okta under Attribute Statements and Group Attribute Statements, or in " +
		"Entra under Attributes & Claims, with exactly the names that the vendor documents.",
	Trials: besides(
		newcomer(oracle.TrialFresh1, trial.Login{As: first}),
		newcomer(oracle.TrialFresh2Plain, trial.Login{As: second, Give: trial.Plain}),
		weighed(trial.CleanLast()),
		knownPlain(),
	),
	Judge: judgePlain,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "mode:needs-department"},
}

func judgePlain(c *samlcheck.Case) samlcheck.Verdict {
	if t := missing(c, oracle.TrialKnownPlain, oracle.TrialKnown3); t != "" || c.Model == nil {
		return samlcheck.Undecided("%q was not performed", t)
	}
	at := refs(c, oracle.TrialKnownPlain, oracle.TrialKnown3)
	if in, why := c.Model.KnownIn(); !in {
		return samlcheck.Undecided("%s", why).At(at...)
	}
	if l := c.Landing(oracle.TrialKnown3); l.Where != transcript.In {
		return samlcheck.Undecided("the known member's last login did not land as before (%s: %s)", l.Where, l.Because).At(at...)
	}
	v := against(c, "the known member", oracle.TrialKnown3, oracle.TrialKnownPlain)
	if missing(c, oracle.TrialFresh1, oracle.TrialFresh2Plain) != "" || c.Landing(oracle.TrialFresh1).Where != transcript.In {
		return v // newcomers do not get in with more either
	}
	if n := against(c, "a newcomer", oracle.TrialFresh1, oracle.TrialFresh2Plain); n.Outcome(samlcheck.Must) != samlcheck.Pass &&
		v.Outcome(samlcheck.Must) != samlcheck.Fail {
		return n
	}
	return v
}

// against compares a login with the plain attributes with one with the rich.
func against(c *samlcheck.Case, who, rich, plain string) samlcheck.Verdict {
	r, p := c.Landing(rich), c.Landing(plain)
	at := refs(c, plain, rich)
	switch {
	case r.Weak != "" || p.Weak != "":
		return samlcheck.Undecided("the evidence is weak: %s", r.Weak+p.Weak).At(at...)
	case p.Where == transcript.In:
		return samlcheck.Holds("%s gets in with the plain attributes: %s", who, p.Because).At(at...)
	case !settled(p.Where):
		return samlcheck.Undecided("with the plain attributes %s landed %s: %s", who, p.Where, p.Because).At(at...)
	}
	return samlcheck.Violated("%s gets in with more attributes and lands %s with the plain ones (%s): %s", who, p.Where, sentWith(c, plain), p.Because).At(at...)
}

func sentWith(c *samlcheck.Case, name string) string {
	s := c.Last(name).Sent
	if s == nil || len(s.Attributes) == 0 {
		return "none"
	}
	return strings.Join(s.Attributes, ", ")
}
