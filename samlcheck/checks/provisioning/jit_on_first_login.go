package provisioning

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
)

var jitOnFirstLogin = samlcheck.Check{
	ID:    "provisioning/jit-on-first-login",
	Title: "It can be told what a first login does for someone who was never invited.",
	Level: samlcheck.Info,
	// Samepage documents nothing on provisioning, so no clause of its own can be cited.
	Cites: []cite.Clause{cite.House.At("jit"), cite.Profiles.At("4.1.3.6"), cite.Core.At("3.4.1.1")},
	Remedy: "If first logins should work and do not, ask the vendor whether SAML login creates accounts on your " +
		"plan and which attributes or groups it wants; else invite people before they sign in. If they work and " +
		"should not, restrict the application's assignment in Okta or Entra.",
	Trials: experiment(),
	Then:   minimise,
	Judge:  judgeJIT,
	// A forged login that gets in makes the answer void: inconclusive, never good.
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:any-key"},
}

func judgeJIT(c *samlcheck.Case) samlcheck.Verdict {
	if c.Model == nil {
		return samlcheck.Undecided("nothing was learned of this service provider")
	}
	j := c.Model.JIT()
	at := refs(c, oracle.TrialFresh1, oracle.TrialFresh1Again, oracle.TrialMembers2, oracle.TrialKnown1, oracle.TrialStranger1, oracle.TrialStranger2)
	settle := ""
	if j.Settle != "" {
		settle = " What would settle it: " + j.Settle + "."
	}
	switch {
	case j.Verdict == oracle.Void:
		return samlcheck.Undecided("a forged login got in, so nothing can be said of newcomers: %s", j.Because).
			At(refs(c, oracle.TrialSpoiltKey1, oracle.TrialSpoiltKey2)...)
	case j.Verdict == oracle.VerdictUndecided && j.Leaning != "":
		return samlcheck.Undecided("undecided, leaning %s. %s%s", j.Leaning, j.Because, settle).At(at...)
	case j.Verdict == oracle.VerdictUndecided:
		return samlcheck.Undecided("%s%s", j.Because, settle).At(at...)
	}
	return samlcheck.Holds("%s (%s). %s%s", j.Verdict, j.Confidence, j.Because, settle).At(at...)
}
