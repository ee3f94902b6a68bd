package forge

import (
	"errors"
	"fmt"

	"github.com/beevik/etree"
)

// Destination names another URL as the one that the response is sent to.
func Destination(url string) Mutation {
	return before("destination "+url, func(r *etree.Element, _ Context) error {
		return each(r, nsProtocol, "Response", func(e *etree.Element) error {
			return setAttr(e, "Destination", url)
		})
	})
}

// IssuerResponse names another issuer of the response; the assertion keeps its
// own.
func IssuerResponse(uri string) Mutation {
	return before("issuer of the response "+uri, func(r *etree.Element, _ Context) error {
		return issuer(r, nsProtocol, "Response", uri)
	})
}

// IssuerAssertion names another issuer of the assertion; the response keeps
// its own.
func IssuerAssertion(uri string) Mutation {
	return before("issuer of the assertion "+uri, func(r *etree.Element, _ Context) error {
		return issuer(r, nsAssertion, "Assertion", uri)
	})
}

func issuer(r *etree.Element, ns, local, uri string) error {
	return each(r, ns, local, func(e *etree.Element) error {
		by := child(e, nsAssertion, "Issuer")
		if by == nil {
			return fmt.Errorf("forge: %s has no Issuer to change", local)
		}
		return setText(by, uri)
	})
}

// Status replaces the top-level status code. The assertion is kept, which no
// honest IdP would do.
func Status(code string) Mutation {
	return before("status "+code+" with an assertion", func(r *etree.Element, _ Context) error {
		if len(findAll(r, nsAssertion, "Assertion")) == 0 {
			return errors.New("forge: no Assertion beside the status")
		}
		return each(r, nsProtocol, "Status", func(s *etree.Element) error {
			top := child(s, nsProtocol, "StatusCode")
			if top == nil {
				return errors.New("forge: Status has no StatusCode to change")
			}
			return setAttr(top, "Value", code)
		})
	})
}

// VersionResponse gives the response another version than 2.0.
func VersionResponse(v string) Mutation {
	return before("version of the response "+v, func(r *etree.Element, _ Context) error {
		return each(r, nsProtocol, "Response", func(e *etree.Element) error {
			return setAttr(e, "Version", v)
		})
	})
}

// VersionAssertion gives the assertion another version than 2.0.
func VersionAssertion(v string) Mutation {
	return before("version of the assertion "+v, func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "Assertion", func(e *etree.Element) error {
			return setAttr(e, "Version", v)
		})
	})
}

// NoAssertion removes every assertion and leaves the status at success. Only
// the response can be signed then.
func NoAssertion() Mutation {
	return before("no assertion", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "Assertion", remove)
	})
}

// NoAuthnStatement removes every AuthnStatement: the assertion speaks of a
// person and not of a login.
func NoAuthnStatement() Mutation {
	return before("no authentication statement", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AuthnStatement", remove)
	})
}
