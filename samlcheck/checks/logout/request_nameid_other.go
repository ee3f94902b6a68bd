package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var requestNameIDOther = samlcheck.Check{
	ID:    "logout/request-nameid-other",
	Title: "The LogoutRequest names the person exactly as the assertion did.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.1")},
	Remedy: "The identity provider does not find the session and ends nothing. Ask the vendor to keep the NameID " +
		"of the assertion, with its Format and qualifiers, and to send it back unchanged.",
	Trials: trial.With(here()),
	Judge:  request(judgeName),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:wrong-nameid"},
}

func judgeName(c *samlcheck.Case, l left, t *message.Tree) samlcheck.Verdict {
	said := message.Child(t.Root, message.NSAssertion, "NameID")
	if said == nil {
		return samlcheck.NotApplicable("not applicable: the LogoutRequest has no NameID that can be read")
	}
	step, _ := c.Runs[here().Name].Step(login)
	if step.Sent == nil {
		return samlcheck.Undecided("there is no response to compare with")
	}
	sent, err := message.ParseTree([]byte(step.Sent.XML))
	if err != nil {
		return samlcheck.Undecided("the response cannot be read: %v", err)
	}
	assertion := message.Child(sent.Root, message.NSAssertion, "Assertion")
	was := message.Child(message.Child(assertion, message.NSAssertion, "Subject"), message.NSAssertion, "NameID")
	if was == nil {
		return samlcheck.NotApplicable("not applicable: the assertion was encrypted, so there is no NameID to compare with")
	}
	if message.Text(said) != message.Text(was) {
		return samlcheck.Violated("the assertion named %q, the LogoutRequest names %q", message.Text(was), message.Text(said))
	}
	for _, name := range []string{"Format", "NameQualifier", "SPNameQualifier"} {
		a, _ := message.Attr(was, name)
		b, _ := message.Attr(said, name)
		if a != b {
			return samlcheck.Violated("the NameID's %s was %q in the assertion, and is %q in the LogoutRequest", name, a, b)
		}
	}
	return samlcheck.Holds("NameID, Format and qualifiers are those of the assertion")
}
