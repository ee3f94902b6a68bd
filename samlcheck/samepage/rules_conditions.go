package samepage

import (
	"errors"
	"fmt"
	"slices"

	"github.com/beevik/etree"
)

func conditionsRules() []rule {
	return []rule{
		{"conditions", "does without Conditions", func(_ *Server, j *judging) error {
			if j.conditions() == nil {
				return errors.New("samepage: no Conditions")
			}
			return nil
		}},
		{"conditions-empty", "takes Conditions that hold no condition", func(_ *Server, j *judging) error {
			if bare(j.conditions()) {
				return errors.New("samepage: empty Conditions")
			}
			return nil
		}},
		{"not-before-unread", "takes a NotBefore that is no time for none", func(_ *Server, j *judging) error {
			return readable(j.conditions(), "NotBefore")
		}},
		{"until-unread", "takes a NotOnOrAfter that is no time for none", func(_ *Server, j *judging) error {
			return readable(j.conditions(), "NotOnOrAfter")
		}},
		{"until-unsaid", "takes Conditions that have no end", func(_ *Server, j *judging) error {
			if c := j.conditions(); c != nil && !bare(c) && !has(c, "NotOnOrAfter") {
				return errors.New("samepage: no NotOnOrAfter")
			}
			return nil
		}},
		{FlawExpiry, "ignores NotOnOrAfter of Conditions", func(_ *Server, j *judging) error {
			return over(j.conditions(), "NotOnOrAfter", j.now)
		}},
		{"not-before", "ignores NotBefore of Conditions", func(_ *Server, j *judging) error {
			return early(j.conditions(), "NotBefore", j.now)
		}},
		{"condition-unknown", "ignores a condition that it does not know", conditionsKnown},
		{"audience-unsaid", "takes an assertion that names no audience", audienceSaid},
		{"audience-empty", "takes an AudienceRestriction that names nobody", audienceNamed},
		{FlawAudience, "ignores AudienceRestriction", audience},
		{"audience-any", "is content when one of several AudienceRestrictions names it", everyAudience},
	}
}

func (m *message) conditions() *etree.Element { return child(m.content, nsAssertion, "Conditions") }

// audiences lists what each restriction names. One that names nobody is left
// out: that is a rule of its own.
func (m *message) audiences() [][]string {
	var found [][]string
	for _, r := range children(m.conditions(), nsAssertion, "AudienceRestriction") {
		var names []string
		for _, a := range children(r, nsAssertion, "Audience") {
			if name := text(a); name != "" {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			found = append(found, names)
		}
	}
	return found
}

// conditionsKnown refuses a condition that is not understood (Core 2.5.1.1).
func conditionsKnown(_ *Server, j *judging) error {
	if j.conditions() == nil {
		return nil
	}
	return each(j.conditions().ChildElements(), func(c *etree.Element) error {
		if !is(c, nsAssertion, "AudienceRestriction") && !is(c, nsAssertion, "OneTimeUse") && !is(c, nsAssertion, "ProxyRestriction") {
			return fmt.Errorf("samepage: condition %s is not understood", c.Tag)
		}
		return nil
	})
}

func audienceSaid(_ *Server, j *judging) error {
	c := j.conditions()
	if c != nil && !bare(c) && child(c, nsAssertion, "AudienceRestriction") == nil {
		return errors.New("samepage: no AudienceRestriction")
	}
	return nil
}

func audienceNamed(_ *Server, j *judging) error {
	if n := len(children(j.conditions(), nsAssertion, "AudienceRestriction")); n > len(j.audiences()) {
		return errors.New("samepage: an AudienceRestriction that names nobody")
	}
	return nil
}

func (s *Server) meant(names []string) bool {
	us := s.at("/saml/metadata")
	for _, name := range names {
		if name == us || s.flawed(FlawLooseAudience) && loose(name) == loose(us) {
			return true
		}
	}
	return false
}

// audience wants one restriction to name us, everyAudience all of them (Core
// 2.5.1.4).
func audience(s *Server, j *judging) error {
	if all := j.audiences(); len(all) > 0 && !slices.ContainsFunc(all, s.meant) {
		return errors.New("samepage: meant for another audience")
	}
	return nil
}

func everyAudience(s *Server, j *judging) error {
	all := j.audiences()
	others := func(names []string) bool { return !s.meant(names) }
	if slices.ContainsFunc(all, s.meant) && slices.ContainsFunc(all, others) {
		return errors.New("samepage: one restriction is meant for another audience")
	}
	return nil
}
