package samepage

import (
	"errors"
	"fmt"
	"slices"

	"github.com/beevik/etree"
)

const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

func subjectRules() []rule {
	return []rule{
		{"subject", "does without Subject, and goes by an attribute", subject},
		{"nameid", "does without a name in NameID, and goes by an attribute", nameID},
		{"nameid-format", "ignores the Format of NameID", nameIDFormat},
		{"confirmation", "does without SubjectConfirmation", confirmed},
		{"method-unsaid", "takes a SubjectConfirmation without Method for a bearer's", methodSaid},
		{FlawMethod, "takes any confirmation method for bearer", method},
		{"confirmation-data", "does without SubjectConfirmationData", confirmationData},
		{FlawRecipient, "ignores Recipient, where there is one", recipient},
		{"recipient-unsaid", "takes an assertion that names no Recipient", recipientSaid},
		{"confirmation-until", "takes a bearer's assertion whose end is missing or cannot be read", endSaid},
		{"confirmation-expiry", "ignores NotOnOrAfter of SubjectConfirmationData", func(_ *Server, j *judging) error {
			return each(j.data(), func(d *etree.Element) error { return over(d, "NotOnOrAfter", j.now) })
		}},
		{"confirmation-not-before", "ignores NotBefore of SubjectConfirmationData", func(_ *Server, j *judging) error {
			return each(j.data(), func(d *etree.Element) error {
				return errors.Join(readable(d, "NotBefore"), early(d, "NotBefore", j.now))
			})
		}},
	}
}

func each(els []*etree.Element, holds func(*etree.Element) error) error {
	for _, el := range els {
		if err := holds(el); err != nil {
			return err
		}
	}
	return nil
}

// subject, nameID and confirmations are what the assertion says of its person;
// nil where it says nothing.
func (m *message) subject() *etree.Element { return child(m.content, nsAssertion, "Subject") }
func (m *message) nameID() *etree.Element  { return child(m.subject(), nsAssertion, "NameID") }

func (m *message) allConfirmations() []*etree.Element {
	return children(m.subject(), nsAssertion, "SubjectConfirmation")
}

// confirmations are those of bearers; where there are none, all of them: that
// they are not is a rule of its own.
func (m *message) confirmations() []*etree.Element {
	all := m.allConfirmations()
	var bearers []*etree.Element
	for _, c := range all {
		if value(c, "Method") == bearer {
			bearers = append(bearers, c)
		}
	}
	if len(bearers) == 0 {
		return all
	}
	for _, c := range bearers { // one that is for us is enough (Core 2.4.1.1)
		if d := child(c, nsAssertion, "SubjectConfirmationData"); len(bearers) > 1 && value(d, "Recipient") != "" && value(d, "Recipient") == value(m.root, "Destination") {
			return []*etree.Element{c}
		}
	}
	return bearers
}

// data lists the data of the confirmations.
func (m *message) data() []*etree.Element {
	var found []*etree.Element
	for _, c := range m.confirmations() {
		found = append(found, children(c, nsAssertion, "SubjectConfirmationData")...)
	}
	return found
}

func subject(_ *Server, j *judging) error {
	if s := j.subject(); s == nil || bare(s) {
		return errors.New("samepage: no Subject, or an empty one")
	}
	return nil
}

func nameID(_ *Server, j *judging) error {
	if s := j.subject(); s != nil && !bare(s) && text(j.nameID()) == "" {
		return errors.New("samepage: no NameID, or an empty one")
	}
	return nil
}

// nameIDFormat takes the formats that an address or an opaque name may have.
func nameIDFormat(_ *Server, j *judging) error {
	if f := value(j.nameID(), "Format"); has(j.nameID(), "Format") && !slices.Contains([]string{
		"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
		"urn:oasis:names:tc:SAML:2.0:nameid-format:unspecified", "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress",
		"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
	}, f) {
		return fmt.Errorf("samepage: NameID format %q", f)
	}
	return nil
}

func confirmed(_ *Server, j *judging) error {
	s := j.subject()
	all := children(s, nsAssertion, "SubjectConfirmation")
	if s != nil && !bare(s) && (len(all) == 0 || slices.ContainsFunc(all, bare)) {
		return errors.New("samepage: no SubjectConfirmation, or an empty one")
	}
	return nil
}

func methodSaid(_ *Server, j *judging) error {
	return each(j.confirmations(), func(c *etree.Element) error {
		if value(c, "Method") == "" && !bare(c) {
			return errors.New("samepage: a SubjectConfirmation without Method")
		}
		return nil
	})
}

func method(_ *Server, j *judging) error {
	return each(j.confirmations(), func(c *etree.Element) error {
		if m := value(c, "Method"); m != "" && m != bearer {
			return fmt.Errorf("samepage: confirmation method %q", m)
		}
		return nil
	})
}

func confirmationData(_ *Server, j *judging) error {
	return each(j.confirmations(), func(c *etree.Element) error {
		if child(c, nsAssertion, "SubjectConfirmationData") == nil && !bare(c) {
			return errors.New("samepage: a SubjectConfirmation without data")
		}
		return nil
	})
}

func recipient(s *Server, j *judging) error {
	return each(j.data(), func(d *etree.Element) error {
		to, us := value(d, "Recipient"), s.at("/saml/acs")
		if to != "" && to != us && (!s.flawed(FlawLooseRecipient) || loose(to) != loose(us)) {
			return fmt.Errorf("samepage: recipient %q", to)
		}
		return nil
	})
}

func recipientSaid(_ *Server, j *judging) error {
	return each(j.data(), func(d *etree.Element) error {
		if value(d, "Recipient") == "" {
			return errors.New("samepage: no recipient")
		}
		return nil
	})
}

func endSaid(_ *Server, j *judging) error {
	return each(j.data(), func(d *etree.Element) error {
		_, err := moment(value(d, "NotOnOrAfter"))
		return err
	})
}
