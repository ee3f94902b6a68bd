package logout

import (
	"regexp"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var requestInvalid = samlcheck.Check{
	ID:    "logout/request-invalid",
	Title: "The LogoutRequest has what the schema asks for, and an ID of its own.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.2.1"), cite.Core.At("3.7.1"), cite.Core.At("1.3.4")},
	Remedy: "Okta answers such a request with an error, and Entra shows a page. Ask the vendor to send well-formed " +
		"requests, each with a fresh ID.",
	Trials: trial.With(here(), hereSilent()),
	Judge:  request(judgeShape),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:same-id"},
}

var ncName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9._-]*$`)

func judgeShape(c *samlcheck.Case, l left, t *message.Tree) samlcheck.Verdict {
	id, _ := message.Attr(t.Root, "ID")
	bad := faults(t, id)
	if again, _, ok := read(c, hereSilent()); ok {
		if u := again.heard("LogoutRequest"); u != nil {
			if twin, _ := message.Attr(u.Root, "ID"); twin == id {
				bad = append(bad, "two requests have the ID "+id)
			}
		}
	}
	if len(bad) > 0 {
		return samlcheck.Violated("the LogoutRequest is not as it must be: %s", strings.Join(bad, "; "))
	}
	return samlcheck.Holds("ID, Version, IssueInstant and one identifier are there, and the ID is new each time")
}

func faults(t *message.Tree, id string) (bad []string) {
	if !ncName.MatchString(id) {
		bad = append(bad, "the ID is no xs:ID: "+id)
	}
	if v, _ := message.Attr(t.Root, "Version"); v != "2.0" {
		bad = append(bad, "the Version is "+v)
	}
	at, _ := message.Attr(t.Root, "IssueInstant")
	if _, err := time.Parse(time.RFC3339Nano, at); err != nil {
		bad = append(bad, "the IssueInstant is no moment in UTC: "+at)
	}
	n := 0
	for _, tag := range []string{"BaseID", "NameID", "EncryptedID"} {
		n += len(message.Children(t.Root, message.NSAssertion, tag))
	}
	if n != 1 {
		bad = append(bad, "there is other than one BaseID, NameID or EncryptedID")
	}
	return bad
}
