package forge

import (
	"errors"
	"fmt"
	"time"

	"github.com/beevik/etree"
)

// Faults of logout messages. They act on a LogoutRequest or LogoutResponse as
// their names say; Unsigned and SignedByForeignKey serve them, too.

// LogoutDestination addresses a logout message to somebody else's endpoint.
func LogoutDestination(url string) Mutation {
	return before("logout-destination="+url, func(r *etree.Element, _ Context) error {
		return setAttr(r, "Destination", url)
	})
}

// LogoutExpired makes a LogoutRequest that expired d before it was issued, and
// that was issued twice d ago.
func LogoutExpired(d time.Duration) Mutation {
	return before(fmt.Sprintf("logout-expired=%s", d), func(r *etree.Element, _ Context) error {
		issued, err := instant(r, "IssueInstant")
		if err != nil {
			return err
		}
		if err := moveInstant(r, "IssueInstant", -2*d); err != nil {
			return err
		}
		r.CreateAttr("NotOnOrAfter", issued.Add(-d).UTC().Format("2006-01-02T15:04:05Z"))
		return nil
	})
}

// LogoutNameID names somebody else in a LogoutRequest.
func LogoutNameID(name string) Mutation {
	return before("logout-name-id="+name, func(r *etree.Element, _ Context) error {
		id := child(r, nsAssertion, "NameID")
		if id == nil {
			return errors.New("forge: the LogoutRequest has no NameID")
		}
		return setText(id, name)
	})
}

// LogoutSessionIndex names another session in a LogoutRequest.
func LogoutSessionIndex(index string) Mutation {
	return before("logout-session-index="+index, func(r *etree.Element, _ Context) error {
		e := child(r, nsProtocol, "SessionIndex")
		if e == nil {
			return errors.New("forge: the LogoutRequest has no SessionIndex")
		}
		return setText(e, index)
	})
}

// NoSessionIndex makes a LogoutRequest for all sessions of the person.
func NoSessionIndex() Mutation {
	return before("no-session-index", func(r *etree.Element, _ Context) error {
		e := child(r, nsProtocol, "SessionIndex")
		if e == nil {
			return errors.New("forge: the LogoutRequest has no SessionIndex")
		}
		return remove(e)
	})
}

// LogoutInResponseTo makes a LogoutResponse answer another request.
func LogoutInResponseTo(id string) Mutation {
	return before("logout-in-response-to="+id, func(r *etree.Element, _ Context) error {
		return setAttr(r, "InResponseTo", id)
	})
}

// SessionNotOnOrAfter makes the assertion say that the session ends d after the
// assertion was issued; a negative d is an end in the past.
func SessionNotOnOrAfter(d time.Duration) Mutation {
	return before(fmt.Sprintf("session-not-on-or-after=%s", d), func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AuthnStatement", func(s *etree.Element) error {
			issued, err := issueInstant(s)
			if err != nil {
				return err
			}
			s.CreateAttr("SessionNotOnOrAfter", issued.Add(d).UTC().Format("2006-01-02T15:04:05Z"))
			return nil
		})
	})
}
