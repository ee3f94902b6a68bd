package offboarding

import (
	"regexp"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

const blockedRemedy = "Somebody got in without a response of the identity provider. Turn every other way of signing in " +
	"off (enforce SSO), and ask the vendor what let the person in; until then a leaver must be removed at the service itself."

var notBlockedUnassigned = samlcheck.Check{
	ID:     "offboarding/unassigned-gets-in",
	Title:  "Whoever is unassigned at the identity provider is stopped there, and no response is sent.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.EntraErrors.At("AADSTS50105"), cite.House.At("off-boarding")},
	Remedy: blockedRemedy,
	Trials: controls(revoked()),
	Judge:  stopped(revoked().Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "mode:locked-known"},
}

var notBlockedDisabled = samlcheck.Check{
	ID:     "offboarding/disabled-gets-in",
	Title:  "Whoever is disabled at the identity provider is stopped there, and no response is sent.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.EntraErrors.At("AADSTS50057"), cite.House.At("off-boarding")},
	Remedy: blockedRemedy,
	Trials: controls(blockedAccount()),
	Judge:  stopped(blockedAccount().Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "mode:locked-known"},
}

var entraCode = regexp.MustCompile(`AADSTS\d+`)

// stopped judges the login after the revocation, beside one after its end.
func stopped(name string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		s, why := expect.SessionAt(c, name, blocked)
		if why != "" {
			return samlcheck.Undecided("%s", why)
		}
		again, why := expect.SessionAt(c, name, back)
		if why != "" {
			return samlcheck.Undecided("%s", why)
		}
		rest := s.Step.Rest()
		switch {
		case !again.Alive():
			return samlcheck.Undecided("let in again, the person does not sign in as before, so the refusal says nothing: %s", again.Unclear()).At(again.Ref)
		case s.Step.Sent != nil:
			return samlcheck.Undecided("the mock identity provider sent a response all the same").At(s.Ref)
		case s.Step.Sent == nil && s.Step.Refusal == "" && seen(c, s):
			return samlcheck.Violated("no response was sent, and the person is signed in all the same: %s", s.Because).At(s.Ref)
		case !rest.AtIdP || s.Step.Refusal == "":
			return samlcheck.Undecided("the login never came to the identity provider: it rested at %s", expect.Excerpt(rest.URL)).At(s.Ref)
		}
		said := rest.Title
		if code := entraCode.FindString(strings.Join(rest.Blocks, " ")); code != "" {
			said = code
		}
		return samlcheck.Holds("stopped at the identity provider with %d %q; no response reached the service (%s)",
			rest.Status, expect.Excerpt(said), s.Step.Refusal).At(s.Ref, again.Ref)
	}
}

// seen reads the pages alone: without a response there is no login to land.
func seen(c *samlcheck.Case, s expect.Session) bool {
	step := s.Step
	step.Login = nil
	l := c.Model.Land(step)
	return string(l.Where) == "in" && l.Weak == "" && step.Person == string(trial.Known)
}
