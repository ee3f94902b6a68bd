package forge

import (
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// The mutations of this file do one thing to one element or attribute,
// whichever it is. An element is named by the end of its way from the root, in
// local names: "Response/Issuer", "Assertion/Issuer", "Conditions". Only
// elements of SAML's own two namespaces are meant.

// Without removes every such element.
func Without(path string) Mutation {
	return before("no "+path, func(r *etree.Element, _ Context) error { return at(r, path, remove) })
}

// Emptied takes all content out of the element and leaves its attributes.
func Emptied(path string) Mutation {
	return before("empty "+path, func(r *etree.Element, _ Context) error {
		return at(r, path, func(e *etree.Element) error {
			if len(e.Child) == 0 {
				return fmt.Errorf("forge: %s is empty already", path)
			}
			e.Child = nil
			return nil
		})
	})
}

// Bare takes content and attributes away: what is left is a name.
func Bare(path string) Mutation {
	return before("bare "+path, func(r *etree.Element, _ Context) error {
		return at(r, path, func(e *etree.Element) error {
			kept := declarations(e)
			if len(e.Child) == 0 && len(kept) == len(e.Attr) {
				return fmt.Errorf("forge: %s is bare already", path)
			}
			e.Child, e.Attr = nil, kept
			return nil
		})
	})
}

// Said gives an attribute a value, whether it is there or not.
func Said(path, attr, value string) Mutation {
	return before(fmt.Sprintf("%s of %s %q", attr, path, value), func(r *etree.Element, _ Context) error {
		return at(r, path, func(e *etree.Element) error {
			if a := e.SelectAttr(attr); a != nil && a.Value == value {
				return fmt.Errorf("forge: %s of %s is %q already", attr, path, value)
			}
			e.CreateAttr(attr, value)
			return nil
		})
	})
}

// Unsaid removes an attribute.
func Unsaid(path, attr string) Mutation {
	m := before(fmt.Sprintf("no %s of %s", attr, path), func(r *etree.Element, _ Context) error {
		return at(r, path, func(e *etree.Element) error {
			if e.RemoveAttr(attr) == nil {
				return fmt.Errorf("forge: %s has no %s to remove", path, attr)
			}
			return nil
		})
	})
	m.Answers = attr == "InResponseTo"
	return m
}

// Moved moves an instant by a duration, backwards where that is negative.
func Moved(path, attr string, by time.Duration) Mutation {
	return before(fmt.Sprintf("%s of %s moved by %s", attr, path, by), func(r *etree.Element, _ Context) error {
		return at(r, path, func(e *etree.Element) error { return moveInstant(e, attr, by) })
	})
}

// Reworded is text that means the same to who is careless, and is another
// string: an address with a last slash more or less, in other case, of another
// scheme or port. attr is "" for the element's own text.
func Reworded(path, attr string, how Rewording) Mutation {
	what := path
	if attr != "" {
		what = attr + " of " + path
	}
	return before(what+", "+how.String(), func(r *etree.Element, _ Context) error {
		return at(r, path, func(e *etree.Element) error {
			if attr == "" {
				return setText(e, how.apply(e.Text()))
			}
			return setAttr(e, attr, how.apply(e.SelectAttrValue(attr, "")))
		})
	})
}

// Rewording is one way to write an address otherwise.
type Rewording int

// Rewordings.
const (
	SlashOtherwise  Rewording = iota // a last slash more, or the last slash gone
	CaseOtherwise                    // letters in the other case
	SchemeOtherwise                  // http for https, or https for http
	PortOtherwise                    // another port
)

func (w Rewording) String() string {
	return [...]string{"last slash otherwise", "case otherwise", "scheme otherwise", "port otherwise"}[w]
}

func (w Rewording) apply(s string) string {
	scheme, rest, _ := strings.Cut(s, "://")
	switch w {
	case SlashOtherwise:
		if cut, ok := strings.CutSuffix(s, "/"); ok {
			return cut
		}
		return s + "/"
	case CaseOtherwise:
		if upper := strings.ToUpper(s); upper != s {
			return upper
		}
		return strings.ToLower(s)
	case SchemeOtherwise:
		if scheme == "https" {
			return "http://" + rest
		}
		return "https://" + rest
	case PortOtherwise:
		host, path, _ := strings.Cut(rest, "/")
		host, _, _ = strings.Cut(host, ":")
		return scheme + "://" + host + ":8443/" + path
	}
	return s
}

// at applies f to every element at the end of the path, and refuses to do nothing.
func at(r *etree.Element, path string, f func(*etree.Element) error) error {
	names := strings.Split(path, "/")
	last := names[len(names)-1]
	found := append(findAll(r, nsProtocol, last), findAll(r, nsAssertion, last)...)
	done := 0
	for _, e := range found {
		if !ends(e, names) {
			continue
		}
		done++
		if err := f(e); err != nil {
			return err
		}
	}
	if done == 0 {
		return fmt.Errorf("forge: no %s to change", path)
	}
	return nil
}

func ends(e *etree.Element, names []string) bool {
	for i := len(names) - 1; i >= 0; i-- {
		if e == nil || e.Tag != names[i] {
			return false
		}
		e = e.Parent()
	}
	return true
}

func declarations(e *etree.Element) []etree.Attr {
	var kept []etree.Attr
	for _, a := range e.Attr {
		if a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns" {
			kept = append(kept, a)
		}
	}
	return kept
}
