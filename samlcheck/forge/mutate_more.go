package forge

import (
	"errors"
	"fmt"
	"time"

	"github.com/beevik/etree"
)

// NoStatusCode puts a message into the place of the status code: there is a
// status, and it says neither success nor failure.
func NoStatusCode() Mutation {
	return before("a status message in the place of the status code", func(r *etree.Element, _ Context) error {
		return each(r, nsProtocol, "Status", func(s *etree.Element) error {
			code := child(s, nsProtocol, "StatusCode")
			if code == nil {
				return errors.New("forge: Status has no StatusCode to replace")
			}
			s.RemoveChild(code)
			kin(s, "StatusMessage").SetText("Signed in.")
			return nil
		})
	})
}

// Refusal makes an error response say why: a top-level code, a second one
// below it ("" none) and a message. The response must be without an assertion.
func Refusal(code, second, words string) Mutation {
	return before(fmt.Sprintf("error %s %s %q", code, second, words), func(r *etree.Element, _ Context) error {
		if len(findAll(r, nsAssertion, "Assertion")) > 0 {
			return errors.New("forge: an error response has no assertion: have the identity provider deny the login")
		}
		return each(r, nsProtocol, "Status", func(s *etree.Element) error {
			for _, c := range s.ChildElements() {
				s.RemoveChild(c)
			}
			top := kin(s, "StatusCode")
			top.CreateAttr("Value", code)
			if second != "" {
				kin(top, "StatusCode").CreateAttr("Value", second)
			}
			kin(s, "StatusMessage").SetText(words)
			return nil
		})
	})
}

// kin adds a child with the parent's own prefix.
func kin(parent *etree.Element, local string) *etree.Element {
	e := parent.CreateElement(local)
	e.Space = parent.Space
	return e
}

// SecondAudienceRestriction adds a restriction to somebody else alone beside
// the one that is there. Both must hold (Core 2.5.1.4).
func SecondAudienceRestriction(uri string) Mutation {
	return before("a second audience restriction, to "+uri, func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AudienceRestriction", func(e *etree.Element) error {
			second := e.Copy()
			e.Parent().InsertChildAt(e.Index()+1, second) // before it is edited: its namespaces may be declared further up
			return each(second, nsAssertion, "Audience", func(a *etree.Element) error { return setText(a, uri) })
		})
	})
}

// UnknownCondition adds a condition of a type that nobody knows.
func UnknownCondition() Mutation {
	return before("a condition of an unknown type", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "Conditions", func(c *etree.Element) error {
			e := kin(c, "Condition")
			e.CreateAttr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
			e.CreateAttr("xmlns:sc", "urn:example:samlcheck")
			e.CreateAttr("xsi:type", "sc:OnlyOnSundays")
			return nil
		})
	})
}

// ConfirmationNotBefore lets the bearer's time begin d after the assertion was
// issued, and end as much later.
func ConfirmationNotBefore(d time.Duration) Mutation {
	return before(fmt.Sprintf("subject confirmation valid only in %s", d), func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "SubjectConfirmationData", func(e *etree.Element) error {
			issued, err := issueInstant(e)
			if err != nil {
				return err
			}
			e.CreateAttr("NotBefore", issued.Add(d).UTC().Format("2006-01-02T15:04:05Z"))
			return moveInstant(e, "NotOnOrAfter", d)
		})
	})
}

// SessionOver says that the session at the identity provider ended d before
// the assertion was issued.
func SessionOver(d time.Duration) Mutation {
	return before(fmt.Sprintf("session ended %s ago", d), func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AuthnStatement", func(e *etree.Element) error {
			issued, err := issueInstant(e)
			if err != nil {
				return err
			}
			e.CreateAttr("SessionNotOnOrAfter", issued.Add(-d).UTC().Format("2006-01-02T15:04:05Z"))
			return nil
		})
	})
}

// AuthnClass names another class of authentication.
func AuthnClass(uri string) Mutation {
	return before("authentication class "+uri, func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AuthnContextClassRef", func(e *etree.Element) error { return setText(e, uri) })
	})
}

// UnnamedAttribute adds an attribute that has no name.
func UnnamedAttribute() Mutation {
	return before("an attribute without a name", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AttributeStatement", func(e *etree.Element) error {
			kin(kin(e, "Attribute"), "AttributeValue").SetText("samlcheck")
			return nil
		})
	})
}
