package forge

import (
	"errors"
	"fmt"
	"time"

	"github.com/beevik/etree"
)

// Recipient names another URL as the place where the assertion is to be used.
func Recipient(url string) Mutation {
	return before("recipient "+url, func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "SubjectConfirmationData", func(e *etree.Element) error {
			return setAttr(e, "Recipient", url)
		})
	})
}

// ConfirmationExpired ends the bearer's time d before the assertion was
// issued. Conditions stay valid.
func ConfirmationExpired(d time.Duration) Mutation {
	return before(fmt.Sprintf("subject confirmation expired %s ago", d), func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "SubjectConfirmationData", func(e *etree.Element) error {
			issued, err := issueInstant(e)
			if err != nil {
				return err
			}
			until, err := instant(e, "NotOnOrAfter")
			if err != nil {
				return err
			}
			return moveInstant(e, "NotOnOrAfter", issued.Add(-d).Sub(until))
		})
	})
}

// InResponseTo says, at both its places, that the request with the given id is
// answered. An unsolicited response gets the claim added: it is the same lie.
func InResponseTo(id string) Mutation {
	return before("in response to "+id, func(r *etree.Element, _ Context) error {
		places := append(findAll(r, nsProtocol, "Response"), findAll(r, nsAssertion, "SubjectConfirmationData")...)
		if len(places) < 2 {
			return errors.New("forge: no Response with SubjectConfirmationData to change")
		}
		for _, e := range places {
			if e.SelectAttrValue("InResponseTo", "") == id {
				return fmt.Errorf("forge: %s answers %q already", e.Tag, id)
			}
			e.CreateAttr("InResponseTo", id)
		}
		return nil
	})
}

// NoSubjectConfirmation removes every SubjectConfirmation: nothing says how
// the bearer is to be recognised.
func NoSubjectConfirmation() Mutation {
	return before("no subject confirmation", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "SubjectConfirmation", remove)
	})
}

// Method names another confirmation method than bearer.
func Method(uri string) Mutation {
	return before("subject confirmation method "+uri, func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "SubjectConfirmation", func(e *etree.Element) error {
			return setAttr(e, "Method", uri)
		})
	})
}
