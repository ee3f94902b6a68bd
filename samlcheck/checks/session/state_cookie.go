package session

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var stateCookie = samlcheck.Check{
	ID:    "session/state-cookie",
	Title: "A login survives that browsers keep SameSite cookies back when the identity provider posts the response.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("state-cookie"), cite.Bindings.At("3.5.4")},
	Remedy: "Ask the vendor to keep the login's state in a cookie that is SameSite=None; Secure, or on the server: a browser " +
		"does not send a Lax or Strict cookie along with a POST from another site, so logins fail or loop. Starting from the dashboard works meanwhile.",
	Trials: []trial.Trial{weighed(trial.Clean()), weighed(trial.Stranger()), weighed(trial.Denied()), weighed(fromIdP())},
	Judge:  judgeState,
	Proof:  samlcheck.Proof{Holds: "stand-in:alone", Violated: "defect:lax-request"},
}

// judgeState blames a cookie only where the same person gets in without it.
func judgeState(c *samlcheck.Case) samlcheck.Verdict {
	run := c.Runs[trial.Clean().Name]
	login := run.Last().Login
	if len(login) == 0 || login[0].AtIdP {
		return samlcheck.NotApplicable("not applicable: the login begins at the identity provider, so there is no state to keep")
	}
	kept := keptBack(login)
	here, there := c.Landing(run.Trial), c.Landing(fromIdP().Name)
	switch {
	case here.Where == transcript.In && len(kept) == 0:
		return samlcheck.Holds("no cookie of the login's start was kept back at the POST")
	case here.Where == transcript.In:
		return samlcheck.Holds("%s was kept back at the POST, and the login works without", strings.Join(kept, ", "))
	case len(kept) == 0:
		return samlcheck.Undecided("the login does not get in, and no cookie of its start was kept back: %s", here.Because)
	case there.Where != transcript.In && there.Where != transcript.Accepted || here.Where == transcript.Accepted:
		return samlcheck.Undecided("%s was kept back at the POST and the login does not get in, but neither does one without a request (%s)",
			strings.Join(kept, ", "), there.Because)
	}
	return samlcheck.Violated("%s was set at the start and kept back at the POST from the identity provider, and the login does not get in; one that needs no state does",
		strings.Join(kept, ", ")).At(transcript.Ref{In: run.ID + "#" + run.Last().Name, Excerpt: expect.Excerpt("cookie " + strings.Join(kept, ", ") + " kept back")})
}
