package forge

import (
	"errors"

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

// remove takes the element out of its parent.
func remove(e *etree.Element) error {
	if e.Parent() == nil {
		return errors.New("forge: the root cannot be removed")
	}
	e.Parent().RemoveChild(e)
	return nil
}
