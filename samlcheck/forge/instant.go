package forge

import (
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// Faults in time are reckoned from the assertion's own IssueInstant, so that
// no clock is needed and the distance is exact.

// issueInstant is when the assertion that e stands in was issued.
func issueInstant(e *etree.Element) (time.Time, error) {
	for p := e; p != nil; p = p.Parent() {
		if is(p, nsAssertion, "Assertion") {
			return instant(p, "IssueInstant")
		}
	}
	return time.Time{}, fmt.Errorf("forge: %s does not stand in an assertion", e.Tag)
}

// instant reads an xs:dateTime attribute that must be there.
func instant(e *etree.Element, attr string) (time.Time, error) {
	a := e.SelectAttr(attr)
	if a == nil {
		return time.Time{}, fmt.Errorf("forge: %s has no %s", e.Tag, attr)
	}
	t, err := time.Parse(time.RFC3339Nano, a.Value)
	if err != nil {
		return time.Time{}, fmt.Errorf("forge: %s of %s: %w", attr, e.Tag, err)
	}
	return t, nil
}

// moveInstant moves an xs:dateTime attribute, keeping the vendor's number of
// fractional digits: only the moment may differ.
func moveInstant(e *etree.Element, attr string, by time.Duration) error {
	t, err := instant(e, attr)
	if err != nil {
		return err
	}
	layout := "2006-01-02T15:04:05"
	if _, fraction, ok := strings.Cut(e.SelectAttrValue(attr, ""), "."); ok {
		layout += "." + strings.Repeat("0", strings.IndexFunc(fraction+"Z", notDigit))
	}
	return setAttr(e, attr, t.Add(by).UTC().Format(layout+"Z"))
}

func notDigit(r rune) bool { return r < '0' || r > '9' }
