package forge

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// ExtraAttribute adds an attribute that nobody asked for, in the manner of the
// face's own. format "" leaves NameFormat out.
func ExtraAttribute(name, format string, values ...string) Mutation {
	shown := strings.Join(values, ", ")
	if len(shown) > 40 {
		shown = fmt.Sprintf("%d values, %d characters", len(values), len([]rune(strings.Join(values, ""))))
	}
	return before(fmt.Sprintf("extra attribute %s: %s", name, shown), func(r *etree.Element, _ Context) error {
		model, err := model(r)
		if err != nil {
			return err
		}
		a := model.Copy()
		a.CreateAttr("Name", name)
		a.RemoveAttr("FriendlyName")
		a.RemoveAttr("NameFormat")
		if format != "" {
			a.CreateAttr("NameFormat", format)
		}
		old := a.ChildElements()
		for _, v := range values {
			value := old[0].Copy()
			value.SetText(v)
			a.AddChild(value)
		}
		for _, v := range old {
			a.RemoveChild(v)
		}
		model.Parent().AddChild(a)
		return nil
	})
}

// BulkyAttribute adds an attribute of so many values of so many characters,
// which are made when they are needed.
func BulkyAttribute(name, format string, count, length int) Mutation {
	return before(fmt.Sprintf("extra attribute %s: %d values of %d characters", name, count, length), func(r *etree.Element, with Context) error {
		values := make([]string, count)
		for i := range values {
			values[i] = fmt.Sprintf("%0*d", length, i)
		}
		return ExtraAttribute(name, format, values...).Apply(r, with)
	})
}

// model is an attribute with a value, to copy.
func model(r *etree.Element) (*etree.Element, error) {
	for _, a := range findAll(r, nsAssertion, "Attribute") {
		if len(a.ChildElements()) > 0 && a.ChildElements()[0].Tag == "AttributeValue" {
			return a, nil
		}
	}
	return nil, errors.New("forge: there is no attribute whose manner could be copied")
}

// NestedValue adds an attribute whose value is an element, as eduPersonTargetedID
// is (SAML Core 2.7.3.1.1).
func NestedValue() Mutation {
	extra := ExtraAttribute("urn:oid:1.3.6.1.4.1.5923.1.1.1.10", "urn:oasis:names:tc:SAML:2.0:attrname-format:uri", "-")
	return before("extra attribute with an element for its value", func(r *etree.Element, with Context) error {
		if err := extra.Apply(r, with); err != nil {
			return err
		}
		all := findAll(r, nsAssertion, "AttributeValue")
		v := all[len(all)-1]
		v.SetText("")
		v.RemoveAttr("xsi:type")
		id := v.CreateElement("NameID")
		id.Space = v.Space
		id.CreateAttr("Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")
		id.SetText("opaque")
		return nil
	})
}

// SecondConfirmation adds a SubjectConfirmation that does not hold, before or
// behind the good one: one that holds is enough (SAML Core 2.4.1.1).
func SecondConfirmation(first bool) Mutation {
	name := "a second confirmation that does not hold, behind the good one"
	if first {
		name = "a second confirmation that does not hold, before the good one"
	}
	return before(name, func(r *etree.Element, _ Context) error {
		good, err := confirmation(r)
		if err != nil {
			return err
		}
		bad := good.Copy()
		for _, d := range findAll(bad, nsAssertion, "SubjectConfirmationData") {
			d.CreateAttr("Recipient", "https://other.example/acs")
		}
		if len(findAll(bad, nsAssertion, "SubjectConfirmationData")) == 0 {
			for _, d := range bad.ChildElements() {
				d.CreateAttr("Recipient", "https://other.example/acs")
			}
		}
		at := good.Index()
		if !first {
			at++
		}
		good.Parent().InsertChildAt(at, bad)
		return nil
	})
}

func confirmation(r *etree.Element) (*etree.Element, error) {
	all := findAll(r, nsAssertion, "SubjectConfirmation")
	if len(all) != 1 {
		return nil, fmt.Errorf("forge: %d SubjectConfirmations, want one", len(all))
	}
	return all[0], nil
}

// BareConfirmation adds a SubjectConfirmation without data behind the good one.
func BareConfirmation() Mutation {
	return before("a further confirmation without data", func(r *etree.Element, _ Context) error {
		good, err := confirmation(r)
		if err != nil {
			return err
		}
		bare := good.Copy()
		bare.Child = nil
		good.Parent().InsertChildAt(good.Index()+1, bare)
		return nil
	})
}

// ConfirmationAddress says from which address the person presents the assertion.
func ConfirmationAddress(address string) Mutation {
	return before("presented from "+address, func(r *etree.Element, _ Context) error {
		return at(r, "SubjectConfirmationData", func(e *etree.Element) error {
			e.CreateAttr("Address", address)
			return nil
		})
	})
}

// ExtraAudience names a further audience beside the service provider: one that
// fits is enough (SAML Core 2.5.1.4).
func ExtraAudience(first bool, uri string) Mutation {
	name := "a further audience, behind"
	if first {
		name = "a further audience, before"
	}
	return before(name, func(r *etree.Element, _ Context) error {
		all := findAll(r, nsAssertion, "Audience")
		if len(all) == 0 {
			return errors.New("forge: there is no Audience")
		}
		other := all[0].Copy()
		other.SetText(uri)
		where := all[0].Index()
		if !first {
			where++
		}
		all[0].Parent().InsertChildAt(where, other)
		return nil
	})
}

// OneTimeUse adds that condition (SAML Core 2.5.1.5).
func OneTimeUse() Mutation { return condition("OneTimeUse", nil) }

// ProxyRestriction adds that condition (SAML Core 2.5.1.6).
func ProxyRestriction() Mutation {
	return condition("ProxyRestriction", func(e *etree.Element) { e.CreateAttr("Count", "0") })
}

func condition(local string, fill func(*etree.Element)) Mutation {
	return before("condition "+local, func(r *etree.Element, _ Context) error {
		return at(r, "Conditions", func(e *etree.Element) error {
			c := e.CreateElement(local)
			c.Space = e.Space
			if fill != nil {
				fill(c)
			}
			return nil
		})
	})
}

// Advice adds an Advice to the assertion, which may always be ignored (SAML Core 2.6.1).
func Advice() Mutation {
	return before("an Advice", func(r *etree.Element, _ Context) error {
		return at(r, "Conditions", func(e *etree.Element) error {
			a := etree.NewElement("Advice")
			a.Space = e.Space
			for _, d := range declarations(e) {
				a.CreateAttr(d.FullKey(), d.Value)
			}
			ref := a.CreateElement("AssertionURIRef")
			ref.Space = e.Space
			ref.SetText("urn:example:advice")
			e.Parent().InsertChildAt(e.Index()+1, a)
			return nil
		})
	})
}

// Extensions adds an Extensions to the response, with an element of nobody's
// (SAML Core 3.2.2).
func Extensions() Mutation {
	return before("an Extensions", func(r *etree.Element, _ Context) error {
		return at(r, "Response/Status", func(e *etree.Element) error {
			x := etree.NewElement("Extensions")
			x.Space = e.Space
			for _, d := range declarations(e) {
				x.CreateAttr(d.FullKey(), d.Value)
			}
			own := x.CreateElement("x:note")
			own.CreateAttr("xmlns:x", "urn:example:extension")
			own.SetText("of no consequence")
			e.Parent().InsertChildAt(e.Index(), x)
			return nil
		})
	})
}

// SecondStatements repeats the AuthnStatement and splits the attributes over two
// AttributeStatements (SAML Core 2.3.3: any number of statements).
func SecondStatements() Mutation {
	return before("two statements of each kind", func(r *etree.Element, _ Context) error {
		for _, e := range findAll(r, nsAssertion, "AuthnStatement") {
			e.Parent().InsertChildAt(e.Index()+1, e.Copy())
			break
		}
		for _, e := range findAll(r, nsAssertion, "AttributeStatement") {
			half := e.Copy()
			half.Child = nil
			as := e.ChildElements()
			for _, a := range as[len(as)/2:] {
				e.RemoveChild(a)
				half.AddChild(a)
			}
			if len(half.Child) > 0 && len(e.ChildElements()) > 0 {
				e.Parent().InsertChildAt(e.Index()+1, half)
				return nil
			}
		}
		return errors.New("forge: there are not attributes enough for two statements")
	})
}

// ValidFrom moves the beginning of Conditions to so long after now: how early
// may an assertion be used?
func ValidFrom(later time.Duration) Mutation {
	return before(fmt.Sprintf("valid in %s only", later), func(r *etree.Element, _ Context) error {
		return fromIssue(r, "Conditions", "NotBefore", later)
	})
}

// ValidUntil moves the end of Conditions to so long before now: how late may an
// assertion be used?
func ValidUntil(ago time.Duration) Mutation {
	return before(fmt.Sprintf("ended %s ago", ago), func(r *etree.Element, _ Context) error {
		if err := fromIssue(r, "Conditions", "NotBefore", -ago-5*time.Minute); err != nil {
			return err
		}
		return fromIssue(r, "Conditions", "NotOnOrAfter", -ago)
	})
}

// fromIssue sets an instant relative to the moment of issue.
func fromIssue(r *etree.Element, path, attr string, by time.Duration) error {
	issued, err := time.Parse(time.RFC3339Nano, r.SelectAttrValue("IssueInstant", ""))
	if err != nil {
		return fmt.Errorf("forge: IssueInstant: %w", err)
	}
	return at(r, path, func(e *etree.Element) error {
		e.CreateAttr(attr, issued.Add(by).UTC().Format("2006-01-02T15:04:05.000Z"))
		return nil
	})
}
