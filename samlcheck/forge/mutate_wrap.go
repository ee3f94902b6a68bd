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
	return assertionAlone(Wrap{Name: "an unsigned assertion before the signed one", Hide: Next}.Mutation())
}

// WrapLast puts an unsigned assertion behind the signed one (the class of
// CVE-2022-41912). The same holds as for WrapFirst.
func WrapLast() Mutation {
	return assertionAlone(Wrap{Name: "an unsigned assertion after the signed one", Hide: Before}.Mutation())
}

// WrapResponse makes an unsigned response around the signed one (XSW1): the
// genuine response lies in an Object of its own signature, which is still the
// first signature that the outer one shows.
func WrapResponse() Mutation {
	m := Wrap{Name: "an unsigned response around the signed one", Hide: InObject, Signed: OnForged}.Mutation()
	wrap := m.Apply
	m.Apply = func(r *etree.Element, with Context) error {
		if child(r, nsSignature, "Signature") == nil {
			return errors.New("forge: the response is not signed: nothing to wrap")
		}
		return wrap(r, with)
	}
	return m
}

// assertionAlone refuses a response that is signed itself.
func assertionAlone(m Mutation) Mutation {
	wrap := m.Apply
	m.Apply = func(r *etree.Element, with Context) error {
		if _, err := aloneSigned(r); err != nil {
			return err
		}
		return wrap(r, with)
	}
	return m
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
