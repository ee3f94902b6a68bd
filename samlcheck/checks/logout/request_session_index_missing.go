package logout

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var requestSessionIndexMissing = samlcheck.Check{
	ID:    "logout/request-session-index-missing",
	Title: "The LogoutRequest names the session by its SessionIndex.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.1"), cite.Core.At("3.7.1")},
	Remedy: "Okta may not find the session. Ask the vendor to keep the SessionIndex of the assertion and to send " +
		"it back.",
	Trials: trial.With(here()),
	Judge: request(func(c *samlcheck.Case, _ left, t *message.Tree) samlcheck.Verdict {
		index := message.Text(message.Child(t.Root, message.NSProtocol, "SessionIndex"))
		step, _ := c.Runs[here().Name].Step(login)
		switch {
		case index == "":
			return samlcheck.Violated("there is no SessionIndex, which a service provider must send")
		case step.Sent != nil && !strings.Contains(step.Sent.XML, index):
			return samlcheck.Violated("the SessionIndex %q is not that of the assertion", expect.Excerpt(index))
		}
		return samlcheck.Holds("the SessionIndex is that of the assertion")
	}),
	Proof: samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:no-session-index"},
}
