package forge

import (
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"
)

// Tampered changes one character of signed content. It takes the SessionIndex,
// because that says nothing about who the person is or may do: a service
// provider that does not verify lets the same person in as ever, so a refusal
// can only come from the signature.
func Tampered() Mutation {
	return after("one character of signed content changed (SessionIndex)", func(r *etree.Element, _ Context) error {
		return each(r, nsAssertion, "AuthnStatement", func(e *etree.Element) error {
			if !isSigned(e) {
				return errors.New("forge: the AuthnStatement is not covered by a signature")
			}
			index := e.SelectAttrValue("SessionIndex", "")
			if index == "" {
				return errors.New("forge: AuthnStatement has no SessionIndex to change")
			}
			return setAttr(e, "SessionIndex", index[:len(index)-1]+otherThan(index[len(index)-1]))
		})
	})
}

// SignatureValueFlipped changes one character of every SignatureValue.
func SignatureValueFlipped() Mutation {
	return after("signature value changed", func(r *etree.Element, _ Context) error {
		return each(r, nsSignature, "SignatureValue", flipBase64)
	})
}

// DigestFlipped changes one character of every DigestValue.
func DigestFlipped() Mutation {
	return after("digest value changed", func(r *etree.Element, _ Context) error {
		return each(r, nsSignature, "DigestValue", flipBase64)
	})
}

// EmptySignature empties every Signature element: it is there and says nothing.
func EmptySignature() Mutation {
	return after("signature element emptied", func(r *etree.Element, _ Context) error {
		return each(r, nsSignature, "Signature", func(s *etree.Element) error {
			if len(s.Child) == 0 {
				return errors.New("forge: the Signature is empty already")
			}
			s.Child = nil
			return nil
		})
	})
}

// flipBase64 changes one character in the middle, away from padding, so that
// length and alphabet stay.
func flipBase64(e *etree.Element) error {
	text := e.Text()
	at := len(text) / 2
	for at < len(text) && strings.ContainsRune(" \t\r\n=", rune(text[at])) {
		at++
	}
	if at >= len(text) {
		return fmt.Errorf("forge: %s is empty", e.Tag)
	}
	e.SetText(text[:at] + otherThan(text[at]) + text[at+1:])
	return nil
}

// otherThan is another character of the same kind.
func otherThan(c byte) string {
	switch {
	case c == '0':
		return "1"
	case c >= '1' && c <= '9':
		return "0"
	case c == 'a':
		return "b"
	case c >= 'b' && c <= 'z':
		return "a"
	case c == 'A':
		return "B"
	}
	return "A"
}

// isSigned says whether e stands in an element that carries its own signature.
func isSigned(e *etree.Element) bool {
	for p := e; p != nil; p = p.Parent() {
		if child(p, nsSignature, "Signature") != nil {
			return true
		}
	}
	return false
}
