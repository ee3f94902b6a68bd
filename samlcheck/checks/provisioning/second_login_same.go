package provisioning

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var secondLoginSame = samlcheck.Check{
	ID:    "provisioning/second-login-same",
	Title: "A newcomer's second login ends as the first did.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("second-login"), cite.Profiles.At("4.1.3.6")},
	Remedy: "Tell the vendor: the first login fails where the second works, or the other way round, so an account " +
		"is made without its owner getting in. Until then tell new people to try twice.",
	Trials: besides(
		newcomer(oracle.TrialFresh1, trial.Login{As: first}),
		newcomer(oracle.TrialFresh1Again, trial.Login{As: first}),
		weighed(trial.CleanLast()),
		weighed(trial.StrangerLast()),
	),
	Judge: judgeSecond,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "mode:late"},
}

func judgeSecond(c *samlcheck.Case) samlcheck.Verdict {
	if t := missing(c, oracle.TrialFresh1, oracle.TrialFresh1Again, oracle.TrialKnown3); t != "" || c.Model == nil {
		return samlcheck.Undecided("%q was not performed", t)
	}
	one, two := c.Landing(oracle.TrialFresh1), c.Landing(oracle.TrialFresh1Again)
	at := refs(c, oracle.TrialFresh1, oracle.TrialFresh1Again)
	switch {
	case one.Weak != "" || two.Weak != "":
		return samlcheck.Undecided("the evidence is weak: %s", one.Weak+two.Weak).At(at...)
	case !settled(one.Where) || !settled(two.Where):
		return samlcheck.Undecided("the logins landed %s and %s: %s", one.Where, two.Where, two.Because).At(at...)
	case one.Where == two.Where:
		return samlcheck.Holds("both landed %s: %s", one.Where, two.Because).At(at...)
	case one.Where == transcript.Accepted || two.Where == transcript.Accepted:
		return samlcheck.Undecided("the logins landed %s and %s, which need not be a difference: %s", one.Where, two.Where, two.Because).At(at...)
	case c.Landing(oracle.TrialKnown3).Where != transcript.In:
		return samlcheck.Undecided("the known member's last login did not get in either, so the service changed meanwhile").At(at...)
	}
	return samlcheck.Violated("the first login landed %s, the second %s: %s; %s", one.Where, two.Where, one.Because, two.Because).At(at...)
}

// settled says that a landing is an answer, if not a welcome one.
func settled(w transcript.Landing) bool {
	return w != transcript.Mixed && w != transcript.Unreadable && w != ""
}
