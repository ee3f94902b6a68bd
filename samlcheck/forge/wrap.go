package forge

import (
	"errors"

	"github.com/beevik/etree"
)

// Wrap is one way of signature wrapping: what was signed stays in the document,
// whole and valid, and something that nobody signed stands where a careless
// reader looks. Where the response is signed, the forged part is the response
// around it; else it is an assertion.
//
// The forged part names the person of Context.Carry, in NameID and attributes,
// and is otherwise as good as the genuine one: same request, recipient, times
// and audience. Namespaces are kept and IDs are unique unless ID says
// otherwise, so that a sound service provider refuses for the right reason.
// The names are those of SAML Raider and of 'On Breaking SAML' (2012).
type Wrap struct {
	Name   string
	Hide   Place  // where what was signed is put
	Signed Holder // which element has the signature
	ID     IDTrick
	Forged Place // where the forged assertion stands; 0 in place of the genuine one. Of assertions only
}

// Place is a place in the response.
type Place int

// Places.
const (
	InPlace           Place = iota // of the genuine assertion
	Next                           // a sibling, behind the forged assertion
	Before                         // a sibling, in front of the forged assertion or of the signature
	Last                           // the response's last child
	InForged                       // inside the forged assertion
	InSignature                    // a child of the signature
	InObject                       // in an Object of the signature
	InExtensions                   // in Extensions of the response
	InStatusDetail                 // in StatusDetail
	InWrapper                      // in an element of another namespace
	InAdvice                       // in Advice of the forged assertion
	InConfirmation                 // in SubjectConfirmationData of the forged assertion
	InAttribute                    // in an AttributeValue of the forged assertion
	InSecondSignature              // in an Object of a second, equal signature. For Wrap.Forged
)

// Holder is who has the signature.
type Holder int

// Holders.
const (
	Kept     Holder = iota // what was signed keeps it
	OnForged               // the forged part shows it
	OnRoot                 // the response shows it
	Beside                 // it stands beside what was signed, not in it
)

// IDTrick is how the forged part is called.
type IDTrick int

// ID tricks.
const (
	NewID      IDTrick = iota // by an ID of its own
	SameID                    // by the ID of what was signed
	DecoyCase                 // by an ID of its own; the signed ID stands in attributes Id and id
	XMLID                     // by an ID of its own; the signed ID stands in xml:id
	PrefixedID                // by an ID of its own; the signed ID stands in samlp:ID, behind it
	IDPrefixed                // the same in front of it
)

// Mutation is the wrapping as a mutation.
func (w Wrap) Mutation() Mutation {
	return after(w.Name, func(r *etree.Element, with Context) error {
		if with.NewID == nil {
			return errors.New("forge: no way to make an id")
		}
		if child(r, nsSignature, "Signature") != nil {
			return w.response(r, with)
		}
		return w.assertion(r, with)
	})
}

// assertion wraps a signed assertion.
func (w Wrap) assertion(r *etree.Element, with Context) error {
	s, err := takeApart(r, with)
	if err != nil {
		return err
	}
	switch w.Signed {
	case Kept:
		s.genuine.InsertChildAt(s.sigAt, s.signature)
	case OnForged:
		s.forged.InsertChildAt(s.sigAt, s.signature)
	case OnRoot:
		place(r, s.signature)
	case Beside:
	}
	w.trick(s.forged, s.id)
	if w.Hide == InPlace {
		r.InsertChildAt(s.at, s.genuine)
		return s.put(s.forged, w.Forged)
	}
	r.InsertChildAt(s.at, s.forged)
	if w.Signed != Beside {
		return s.put(s.genuine, w.Hide)
	}
	if err := s.put(s.signature, w.Hide); err != nil {
		return err
	}
	s.signature.Parent().AddChild(s.genuine)
	return nil
}

// response wraps a signed response. Where its assertion is signed too, the
// forged one shows that signature, which refers to the genuine assertion.
func (w Wrap) response(r *etree.Element, with Context) error {
	assertion, err := onlyAssertion(r)
	if err != nil {
		return err
	}
	genuine := standalone(r)
	s := &scene{root: r, signature: child(r, nsSignature, "Signature"), genuine: genuine, with: with}
	mine := child(genuine, nsSignature, "Signature")
	s.id, s.sigAt = genuine.SelectAttrValue("ID", ""), mine.Index()
	genuine.RemoveChild(mine)
	if s.forged, err = forgedFrom(assertion, with, true); err != nil {
		return err
	}
	at := assertion.Index()
	r.RemoveChildAt(at)
	r.InsertChildAt(at, s.forged)
	if w.ID != SameID {
		r.CreateAttr("ID", with.NewID())
	}
	w.trick(r, s.id)
	switch w.Signed {
	case Kept:
		r.RemoveChild(s.signature)
		genuine.InsertChildAt(s.sigAt, s.signature)
	case Beside:
		r.RemoveChild(s.signature)
		if err := s.put(s.signature, w.Hide); err != nil {
			return err
		}
		s.signature.Parent().AddChild(genuine)
		return nil
	case OnForged, OnRoot:
	}
	return s.put(genuine, w.Hide)
}

// trick names the forged element.
func (w Wrap) trick(el *etree.Element, signed string) {
	switch w.ID {
	case NewID:
	case SameID:
		el.CreateAttr("ID", signed)
	case DecoyCase:
		el.CreateAttr("Id", signed)
		el.CreateAttr("id", signed)
	case XMLID:
		el.CreateAttr("xml:id", signed)
	case PrefixedID:
		el.CreateAttr("xmlns:decoy", nsProtocol)
		el.CreateAttr("decoy:ID", signed)
	case IDPrefixed:
		el.CreateAttr("xmlns:decoy", nsProtocol)
		el.Attr = append([]etree.Attr{{Space: "decoy", Key: "ID", Value: signed}}, el.Attr...)
	}
}
