package session

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var cookieFlags = samlcheck.Check{
	ID:    "session/cookie-flags",
	Title: "The session's cookie is kept from scripts and from plain HTTP.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("session-cookie")},
	Remedy: "Ask the vendor to mark the session's cookie HttpOnly and Secure: a script that slips into a page could " +
		"read it otherwise, and a network in between could. SameSite=None counts only together with Secure.",
	Trials: []trial.Trial{trial.Clean(), trial.Stranger(), trial.Denied()},
	Judge:  judgeCookies,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:open-cookie"},
}

// judgeCookies looks at the cookies that the known member was given and neither
// a stranger nor a refused login: any other name may be anything.
func judgeCookies(c *samlcheck.Case) samlcheck.Verdict {
	known := c.Runs[trial.Clean().Name]
	if l := c.Landing(known.Trial); l.Where != transcript.In {
		return samlcheck.Undecided("the known member is not in: %s", l.Because)
	}
	public := map[string]bool{}
	for _, run := range []transcript.Run{c.Runs[trial.Stranger().Name], c.Runs[trial.Denied().Name]} {
		for _, s := range given(run.Last()) {
			public[s.Name] = true
		}
	}
	var bad []transcript.Ref
	looked := 0
	for _, s := range given(known.Last()) {
		if public[s.Name] {
			continue
		}
		looked++
		if lacks := s.lacks(); lacks != "" {
			bad = append(bad, transcript.Ref{In: known.ID + "#" + known.Last().Name, Excerpt: expect.Excerpt("cookie " + s.Name + ": " + lacks)})
		}
	}
	if looked == 0 {
		return samlcheck.NotApplicable("not applicable: no cookie was given to the known member alone")
	}
	return expect.None(bad, "the session's cookie is HttpOnly, and Secure where it travels over TLS", "the session's cookie is not well kept")
}
