package forge

import (
	"fmt"
	"time"

	"github.com/beevik/etree"
)

// Audience names somebody else as the only party that the assertion is meant
// for. The uri is written as given.
func Audience(uri string) Mutation {
	return before("audience "+uri, func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "Audience", func(e *etree.Element) error {
			return setText(e, uri)
		})
	})
}

// NoAudience removes every AudienceRestriction: the assertion is meant for
// anybody.
func NoAudience() Mutation {
	return before("no audience restriction", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AudienceRestriction", remove)
	})
}

// ConditionsExpired moves the window of Conditions into the past, so that it
// closed d before the assertion was issued. Its width stays; so do the times
// of the subject confirmation.
func ConditionsExpired(d time.Duration) Mutation {
	return before(fmt.Sprintf("conditions expired %s ago", d), func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "Conditions", func(c *etree.Element) error {
			issued, err := issueInstant(c)
			if err != nil {
				return err
			}
			until, err := instant(c, "NotOnOrAfter")
			if err != nil {
				return err
			}
			return moveWindow(c, issued.Add(-d).Sub(until))
		})
	})
}

// NotYetValid moves the window of Conditions into the future, so that it opens
// d after the assertion was issued.
func NotYetValid(d time.Duration) Mutation {
	return before(fmt.Sprintf("conditions valid only in %s", d), func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "Conditions", func(c *etree.Element) error {
			issued, err := issueInstant(c)
			if err != nil {
				return err
			}
			from, err := instant(c, "NotBefore")
			if err != nil {
				return err
			}
			return moveWindow(c, issued.Add(d).Sub(from))
		})
	})
}

// moveWindow moves both ends alike: a window that ends before it begins could
// be refused for that reason alone.
func moveWindow(c *etree.Element, by time.Duration) error {
	if by == 0 {
		return fmt.Errorf("forge: the window of %s stands there already", c.Tag)
	}
	for _, end := range []string{"NotBefore", "NotOnOrAfter"} {
		if c.SelectAttr(end) == nil {
			continue
		}
		if err := moveInstant(c, end, by); err != nil {
			return err
		}
	}
	return nil
}
