package forge

import (
	"errors"
	"fmt"

	"github.com/beevik/etree"
)

// scene is a response taken apart for wrapping.
type scene struct {
	root      *etree.Element // the response, without the genuine assertion
	genuine   *etree.Element // what was signed, without its signature
	forged    *etree.Element // the assertion that nobody signed
	signature *etree.Element
	id        string // of what was signed
	at, sigAt int    // where the assertion stood in the response, the signature in what was signed
	with      Context
}

// takeApart takes a response apart of which the assertion alone is signed.
func takeApart(r *etree.Element, with Context) (*scene, error) {
	a, err := aloneSigned(r)
	if err != nil {
		return nil, err
	}
	s := &scene{root: r, at: a.Index(), with: with, id: a.SelectAttrValue("ID", "")}
	s.genuine = standalone(a)
	if s.forged, err = forgedFrom(a, with, false); err != nil {
		return nil, err
	}
	mine := child(s.genuine, nsSignature, "Signature")
	s.sigAt = mine.Index()
	s.signature = standalone(mine)
	s.genuine.RemoveChild(mine)
	r.RemoveChild(a)
	return s, nil
}

// forgedFrom is a copy of an assertion that declares its namespaces, has an id
// of its own and names the person of with.Carry; its signature is left out
// unless asked for.
func forgedFrom(a *etree.Element, with Context, signed bool) (*etree.Element, error) {
	evil := standalone(a)
	if sig := child(evil, nsSignature, "Signature"); sig != nil && !signed {
		evil.RemoveChild(sig)
	}
	old, id := evil.SelectAttrValue("ID", ""), with.NewID()
	evil.CreateAttr("ID", id)
	for _, st := range findAll(evil, nsAssertion, "AuthnStatement") {
		if index := st.SelectAttr("SessionIndex"); index != nil && index.Value == old {
			index.Value = id // Entra's two are one
		}
	}
	return evil, rename(evil, func(e *etree.Element, victim string) { e.SetText(victim) }, with.Carry)
}

// put hides an element at a place.
func (s *scene) put(el *etree.Element, where Place) error {
	switch where {
	case InPlace:
		s.root.InsertChildAt(s.at, el)
	case Next:
		s.forged.Parent().InsertChildAt(s.forged.Index()+1, el)
	case Before:
		beside := s.forged
		if el.Tag == "Response" {
			beside = s.signature
		}
		beside.Parent().InsertChildAt(beside.Index(), el)
	case Last:
		s.root.AddChild(el)
	case InForged:
		s.forged.AddChild(el)
	case InSignature:
		s.signature.AddChild(el)
	case InObject:
		s.signature.CreateElement(qualified(s.signature, "Object")).AddChild(el)
	case InExtensions, InStatusDetail, InWrapper:
		s.inResponse(where).AddChild(el)
	case InAdvice, InConfirmation, InAttribute:
		return s.inAssertion(el, where)
	case InSecondSignature:
		second := s.signature.Copy()
		second.CreateElement(qualified(second, "Object")).AddChild(el)
		s.genuine.InsertChildAt(0, second)
	default:
		return fmt.Errorf("forge: no place %d", where)
	}
	return nil
}

// inResponse makes an element in the response that may hold anything.
func (s *scene) inResponse(where Place) *etree.Element {
	if where == InExtensions {
		ext := etree.NewElement(qualified(s.root, "Extensions"))
		s.root.InsertChildAt(s.beforeStatus(), ext)
		return ext
	}
	if status := child(s.root, nsProtocol, "Status"); where == InStatusDetail && status != nil {
		return status.CreateElement(qualified(status, "StatusDetail"))
	}
	foreign := etree.NewElement("w:Wrapper")
	foreign.CreateAttr("xmlns:w", "urn:example:wrapper")
	s.root.InsertChildAt(s.beforeStatus(), foreign)
	return foreign
}

func (s *scene) beforeStatus() int {
	if status := child(s.root, nsProtocol, "Status"); status != nil {
		return status.Index()
	}
	return len(s.root.Child)
}

// inAssertion hides an element in the forged assertion, where its schema lets
// anything stand.
func (s *scene) inAssertion(el *etree.Element, where Place) error {
	a := s.forged
	if where == InAdvice {
		advice := etree.NewElement(qualified(a, "Advice"))
		at := len(a.Child)
		if c := child(a, nsAssertion, "Conditions"); c != nil {
			at = c.Index() + 1
		}
		a.InsertChildAt(at, advice)
		advice.AddChild(el)
		return nil
	}
	if where == InConfirmation {
		for _, data := range findAll(a, nsAssertion, "SubjectConfirmationData") {
			data.AddChild(el)
			return nil
		}
		return errors.New("forge: no SubjectConfirmationData to hide anything in")
	}
	for _, st := range findAll(a, nsAssertion, "AttributeStatement") {
		at := st.CreateElement(qualified(st, "Attribute"))
		at.CreateAttr("Name", "note")
		at.CreateElement(qualified(st, "AttributeValue")).AddChild(el)
		return nil
	}
	return errors.New("forge: no AttributeStatement to hide anything in")
}

// qualified is a local name with the prefix of el.
func qualified(el *etree.Element, local string) string {
	if el.Space == "" {
		return local
	}
	return el.Space + ":" + local
}

// standalone is a copy of el that declares every namespace it stands in, and is
// otherwise the same text.
func standalone(el *etree.Element) *etree.Element {
	alone := el.Copy()
	for p := el.Parent(); p != nil; p = p.Parent() {
		for _, a := range p.Attr {
			if key := a.FullKey(); (a.Space == "xmlns" || key == "xmlns") && alone.SelectAttr(key) == nil {
				alone.CreateAttr(key, a.Value)
			}
		}
	}
	return alone
}
