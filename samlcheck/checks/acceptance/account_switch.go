package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// first is somebody else in the same browser: the newcomer of the experiment on
// accounts, who has none to lose.
const first = trial.Person("fresh-1")

var accountSwitch = samlcheck.Check{
	ID:    "acceptance/account-switch",
	Title: "Who signs in after somebody else in the same browser is himself.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.House.At("account-switch")},
	Remedy: "On a shared machine the second person works in the account of the first. Ask the vendor to end the open session " +
		"when a new assertion arrives; until then tell people to sign out.",
	Trials: trial.With(trial.Trial{Name: "switch", Part: trial.Question, Steps: []trial.Step{
		{Name: "first", Do: trial.Login{As: first}},
		{Name: "second", Do: trial.Login{As: trial.Known}},
	}}),
	Judge: judgeSwitch,
	Proof: samlcheck.Proof{Holds: "stand-in:create", Violated: "defect:first-session"},
}

func judgeSwitch(c *samlcheck.Case) samlcheck.Verdict {
	run := c.Runs["switch"]
	at := transcript.Ref{In: run.ID + "#second", Excerpt: run.Last().Do}
	one, ok := run.Step("first")
	if !ok || len(run.Steps) < 2 {
		return samlcheck.Undecided("the second login was not performed").At(at)
	}
	before, after := c.Model.Land(one), c.Model.Land(run.Last())
	switch {
	case before.Weak == "" && run.Last().Sent != nil && after.Where == transcript.In && after.As == string(first):
		// That no new session's cookie came is no doubt here, but part of it.
		return samlcheck.Violated("the second person is in the session of the first: %s", after.Because).At(at)
	case after.Weak != "" || before.Weak != "":
		return samlcheck.Undecided("the evidence is weak: %s%s", after.Weak, before.Weak).At(at)
	case before.Where == transcript.Out || before.Where == transcript.Form:
		return samlcheck.NotApplicable("not applicable: the first person does not get in, so there is no session to be kept (%s)", before.Because)
	case after.Where == transcript.In && after.As != string(first):
		return samlcheck.Holds("the second person is in: %s", after.Because).At(at)
	case run.Last().Sent == nil:
		return samlcheck.NotApplicable("not applicable: as long as the first person's session lasts the service asks for no other login, so nobody else's assertion reached it (%s)", after.Because)
	}
	return samlcheck.Undecided("the second login landed %q: %s", after.Where, after.Because).At(at)
}
