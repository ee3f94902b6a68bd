package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var unreadable = samlcheck.Check{
	ID:     "request/unreadable",
	Title:  "The request is an AuthnRequest that can be read.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Core.At("3.4.1"), cite.Bindings.At("3.4.4.1")},
	Remedy: "Send the vendor the captured message: no identity provider can read it.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		step := c.Last(trial.Clean().Name)
		if step.Request == nil {
			return samlcheck.NotApplicable("%s", noRequest)
		}
		if _, err := message.ParseAuthnRequest([]byte(step.Request.XML)); err != nil {
			return samlcheck.Violated("%v", err).At(transcript.Ref{In: place(c.Runs[trial.Clean().Name], step)})
		}
		return samlcheck.Holds("it is an AuthnRequest")
	},
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/unreadable.xml"},
}
