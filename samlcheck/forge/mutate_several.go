package forge

import (
	"errors"
	"time"

	"github.com/beevik/etree"
)

// Vouched puts a second assertion in front of the genuine one, about the
// person of Context.Carry. Both are signed well: it is the identity provider
// that speaks of two people.
func Vouched() Mutation {
	return before("a second assertion, about another person", func(r *etree.Element, with Context) error {
		return vouch(r, with, 0)
	})
}

// VouchedLongAgo is Vouched with a second assertion that ended d before the
// genuine one was issued.
func VouchedLongAgo(d time.Duration) Mutation {
	return before("a second assertion, about another person and expired "+d.String()+" ago", func(r *etree.Element, with Context) error {
		return vouch(r, with, d)
	})
}

func vouch(r *etree.Element, with Context, ago time.Duration) error {
	a, err := onlyAssertion(r)
	if err != nil {
		return err
	}
	if with.NewID == nil {
		return errors.New("forge: no way to make an id")
	}
	second := a.Copy()
	r.InsertChildAt(a.Index(), second)
	old, id := second.SelectAttrValue("ID", ""), with.NewID()
	second.CreateAttr("ID", id)
	for _, st := range findAll(second, nsAssertion, "AuthnStatement") {
		if index := st.SelectAttr("SessionIndex"); index != nil && index.Value == old {
			index.Value = id // Entra's two are one
		}
	}
	if err := rename(second, func(e *etree.Element, other string) { e.SetText(other) }, with.Carry); err != nil {
		return err
	}
	if ago == 0 {
		return nil
	}
	for _, name := range []string{"Conditions", "SubjectConfirmationData"} {
		for _, e := range findAll(second, nsAssertion, name) {
			issued, err := issueInstant(e)
			if err != nil {
				return err
			}
			until, err := instant(e, "NotOnOrAfter")
			if err != nil {
				return err
			}
			if err := moveWindow(e, issued.Add(-ago).Sub(until)); err != nil {
				return err
			}
		}
	}
	return nil
}

// AssertionAlone throws the response away and sends the signed assertion as
// the whole message.
func AssertionAlone() Mutation {
	return after("the assertion without a response", func(r *etree.Element, _ Context) error {
		a, err := onlyAssertion(r)
		if err != nil {
			return err
		}
		if child(a, nsSignature, "Signature") == nil {
			return errors.New("forge: the assertion is not signed: alone it would prove nothing")
		}
		alone, err := detached(a)
		if err != nil {
			return err
		}
		doc := r.Parent()
		if doc == nil {
			return errors.New("forge: the response stands in no document")
		}
		doc.RemoveChild(r)
		doc.AddChild(alone)
		return nil
	})
}
