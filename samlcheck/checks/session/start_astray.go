package session

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var startAstray = samlcheck.Check{
	ID:    "session/start-astray",
	Title: "A login that begins at the service provider reaches the identity provider.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.1.3.2"), cite.Profiles.At("4.1.3.3")},
	Remedy: "The app does not know which identity provider belongs to this address or domain: ask the vendor to map your " +
		"domain to your tenant, or begin where the tenant is named. Until then people can only start from the Okta or Entra dashboard.",
	Trials: []trial.Trial{trial.Clean()},
	Judge:  judgeStart,
	Proof:  samlcheck.Proof{Holds: "stand-in:alone", Violated: "defect:no-request"},
}

func judgeStart(c *samlcheck.Case) samlcheck.Verdict {
	run := c.Runs[trial.Clean().Name]
	step := run.Last()
	if len(step.Login) == 0 || step.Login[0].AtIdP {
		return samlcheck.NotApplicable("not applicable: the login begins at the identity provider (sp.login is not given)")
	}
	if step.Request != nil {
		return samlcheck.Holds("%s led to the identity provider, by %s", step.Login[0].URL, step.Request.Binding)
	}
	for _, h := range step.Login {
		switch {
		case h.AtIdP:
			return samlcheck.Holds("%s led to the identity provider, without an AuthnRequest", step.Login[0].URL)
		case h.Error != "" || h.Status == 429 || h.Status >= 500:
			return samlcheck.Undecided("%s did not answer properly: %d %s", h.URL, h.Status, h.Error)
		}
	}
	rest := step.Rest()
	if rest.Scripts > 0 {
		return samlcheck.Undecided("%s came to rest at %s, a page with scripts, which may wait for a person or for another browser", step.Login[0].URL, rest.URL)
	}
	return samlcheck.Violated("%s came to rest at %s (%d), and never reached the identity provider", step.Login[0].URL, rest.URL, rest.Status).
		At(transcript.Ref{In: run.ID + "#" + step.Name, Excerpt: rest.Title})
}
