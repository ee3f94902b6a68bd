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

// InResponseTo says, at both its places, that a request is answered which the
// service provider never made. It refuses an unsolicited response: there it
// would add something instead of changing it.
func InResponseTo(id string) Mutation {
	return before("in response to "+id, func(r *etree.Element, _ Context) error {
		return answer(r, id, true)
	})
}

// UnsolicitedInResponseTo has a response that nobody asked for claim that it
// answers the request with the given id.
func UnsolicitedInResponseTo(id string) Mutation {
	return before("unsolicited, in response to "+id, func(r *etree.Element, _ Context) error {
		return answer(r, id, false)
	})
}

func answer(r *etree.Element, id string, solicited bool) error {
	places := append(findAll(r, nsProtocol, "Response"), findAll(r, nsAssertion, "SubjectConfirmationData")...)
	if len(places) == 0 {
		return errors.New("forge: neither Response nor SubjectConfirmationData to change")
	}
	for _, e := range places {
		switch a := e.SelectAttr("InResponseTo"); {
		case solicited && a == nil:
			return fmt.Errorf("forge: %s has no InResponseTo to change: the response is unsolicited", e.Tag)
		case !solicited && a != nil:
			return fmt.Errorf("forge: %s answers a request already", e.Tag)
		case solicited && a.Value == id:
			return fmt.Errorf("forge: %s answers %q already", e.Tag, id)
		}
	}
	for _, e := range places {
		e.CreateAttr("InResponseTo", id)
	}
	return nil
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
