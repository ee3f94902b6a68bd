package samepage

import (
	"errors"
	"slices"

	"github.com/beevik/etree"
)

func statementRules() []rule {
	return []rule{
		{"authn-statement", "does without AuthnStatement", func(_ *Server, j *judging) error {
			if all := j.logins(); len(all) == 0 || slices.ContainsFunc(all, bare) {
				return errors.New("samepage: no AuthnStatement, or an empty one")
			}
			return nil
		}},
		{"authn-context", "does without AuthnContext", authnContext},
		{"authn-class", "takes an AuthnContextClassRef that names no class", func(_ *Server, j *judging) error {
			return each(j.classes(), func(c *etree.Element) error {
				if text(c) == "" {
					return errors.New("samepage: an empty AuthnContextClassRef")
				}
				return nil
			})
		}},
		{"authn-class-any", "ignores how the person was authenticated", authnClass},
		{"authn-class-unasked", "takes another class than it asked for", authnClassAsked},
		{"", "", func(_ *Server, j *judging) error {
			return each(j.logins(), func(a *etree.Element) error {
				return errors.Join(readable(a, "AuthnInstant"), early(a, "AuthnInstant", j.now))
			})
		}},
		{FlawSessionOver, "ignores SessionNotOnOrAfter", func(_ *Server, j *judging) error {
			return each(j.logins(), func(a *etree.Element) error {
				return errors.Join(readable(a, "SessionNotOnOrAfter"), over(a, "SessionNotOnOrAfter", j.now))
			})
		}},
		{"attribute-statement", "takes an AttributeStatement without attributes", func(_ *Server, j *judging) error {
			return each(children(j.content, nsAssertion, "AttributeStatement"), func(a *etree.Element) error {
				if len(a.ChildElements()) == 0 {
					return errors.New("samepage: an AttributeStatement without Attribute")
				}
				return nil
			})
		}},
		{"attribute-unnamed", "takes an Attribute without a Name", func(_ *Server, j *judging) error {
			return each(j.attributes(), func(a *etree.Element) error {
				if value(a, "Name") == "" {
					return errors.New("samepage: an Attribute without Name")
				}
				return nil
			})
		}},
	}
}

func (m *message) logins() []*etree.Element {
	return children(m.content, nsAssertion, "AuthnStatement")
}

func (m *message) classes() []*etree.Element {
	var found []*etree.Element
	for _, a := range m.logins() {
		found = append(found, children(child(a, nsAssertion, "AuthnContext"), nsAssertion, "AuthnContextClassRef")...)
	}
	return found
}

func (m *message) attributes() []*etree.Element {
	var found []*etree.Element
	for _, s := range children(m.content, nsAssertion, "AttributeStatement") {
		found = append(found, children(s, nsAssertion, "Attribute")...)
	}
	return found
}

func authnContext(_ *Server, j *judging) error {
	return each(j.logins(), func(a *etree.Element) error {
		c := child(a, nsAssertion, "AuthnContext")
		if !bare(a) && (c == nil || len(c.ChildElements()) == 0) {
			return errors.New("samepage: no AuthnContext, or an empty one")
		}
		return nil
	})
}

const passwordProtected = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"

// authnClassAsked wants the class that was asked for, of the one who asks.
func authnClassAsked(s *Server, j *judging) error {
	return each(j.classes(), func(c *etree.Element) error {
		if s.opt.AsksContext && j.answers != "" && text(c) != passwordProtected {
			return errors.New("samepage: another class than was asked for")
		}
		return nil
	})
}

// authnClass refuses the one class that stands for no authentication of a
// person: that a machine has a certain address.
func authnClass(_ *Server, j *judging) error {
	return each(j.classes(), func(c *etree.Element) error {
		if text(c) == "urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocol" {
			return errors.New("samepage: nobody was authenticated, only an address")
		}
		return nil
	})
}
