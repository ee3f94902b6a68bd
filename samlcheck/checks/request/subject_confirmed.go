package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var subjectConfirmed = samlcheck.Check{
	ID:     "request/subject-confirmed",
	Title:  "A Subject in the request carries no SubjectConfirmation.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Profiles.At("4.1.4.1")},
	Remedy: "Ask the vendor to leave it out. Entra refuses any Subject in a request (AADSTS900236).",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.Subject == nil {
			return samlcheck.NotApplicable("the request names no Subject")
		}
		if e := message.Child(r.Subject, message.NSAssertion, "SubjectConfirmation"); e != nil {
			return samlcheck.Violated("the Subject carries a SubjectConfirmation").At(r.at(e, "SubjectConfirmation"))
		}
		return samlcheck.Holds("the Subject is a name alone")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/subject.xml", Violated: "fixture:requests/subject-confirmed.xml"},
}
