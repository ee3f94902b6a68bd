package fidelity

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/message"
)

// pair is one message, theirs and ours.
type pair struct {
	vendor              vendor
	response, assertion *etree.Element // theirs; either may be nil
	encrypted           *etree.Element
	ours                *etree.Element // a Response
}

func compareMessage(root *etree.Element, _ []byte) (Report, error) {
	p := pair{}
	if root.Tag == "Response" {
		p.response = root
		p.assertion = message.Child(root, nsAssertion, "Assertion")
		p.encrypted = message.Child(root, nsAssertion, "EncryptedAssertion")
		if p.assertion == nil && p.encrypted == nil {
			return Report{}, errors.New("fidelity: an error response, without an assertion: no real one of either vendor was measured, so there is nothing to compare it with")
		}
	} else {
		p.assertion = root
	}
	issuer := raw(message.Child(root, nsAssertion, "Issuer"))
	var err error
	if p.vendor, err = recognise(root, strings.TrimSpace(issuer)); err != nil {
		return Report{}, err
	}
	if err := p.render(issuer); err != nil {
		return Report{}, err
	}
	return p.report(root)
}

// render has the face say the message again, signatures and ciphertexts borrowed.
func (p *pair) render(issuer string) error {
	login, err := p.vendor.login(p.response, p.assertion)
	if err != nil {
		return err
	}
	if p.assertion == nil {
		login.Set = []idp.Attribute{}
	}
	p.ours = p.vendor.make(issuer).Response(login).Root()
	mine := message.Child(p.ours, nsAssertion, "Assertion")
	if p.assertion == nil {
		at := mine.Index()
		p.ours.RemoveChildAt(at)
		p.ours.InsertChildAt(at, sealed(p.encrypted).Element(p.vendor.santuario))
	} else if err := borrow(p.assertion, mine, p.vendor.make("").Style()); err != nil {
		return err
	}
	if p.response == nil {
		return nil
	}
	return borrow(p.response, p.ours, p.vendor.make("").Style())
}

// borrow puts into ours the signature that theirs has, with our digest in it.
func borrow(theirs, ours *etree.Element, style forge.Style) error {
	sig := signature(theirs)
	if sig == nil {
		return nil
	}
	if id, _ := message.Attr(ours, "ID"); id == "" {
		return fmt.Errorf("fidelity: the signed %s has no ID", theirs.FullTag())
	}
	style.SHA1 = sha1(sig)
	if err := forge.Lay(ours, certificate(sig), style, raw(message.Child(sig, nsSignature, "SignatureValue"))); err != nil {
		return tooMuch(err)
	}
	return nil
}

func sha1(sig *etree.Element) bool {
	for _, m := range message.Descendants(sig, nsSignature, "DigestMethod") {
		alg, _ := message.Attr(m, "Algorithm")
		return strings.HasSuffix(alg, "#sha1")
	}
	return false
}

func (p *pair) report(root *etree.Element) (Report, error) {
	h := habitOf(p.vendor, root)
	r := Report{Face: p.vendor.face, Era: h.era, Document: strings.ToLower(root.Tag)}
	if p.response != nil {
		theirs, ours := p.response, p.ours
		if signature(theirs) == nil && p.assertion != nil { // the assertion has a part of its own
			theirs, ours = hollow(theirs), hollow(ours)
		}
		if err := r.part("response", theirs, ours, h); err != nil {
			return r, err
		}
	}
	if p.encrypted != nil {
		r.Parts = append(r.Parts, Part{
			Of: "assertion", Result: Encrypted,
			Because: "its ciphertext cannot be seen into: decrypt it with the service provider's key and compare the plaintext",
		})
		return r, nil
	}
	return r, r.part("assertion", p.assertion, message.Child(p.ours, nsAssertion, "Assertion"), h)
}

// hollow is a copy of a response whose assertion has no content.
func hollow(response *etree.Element) *etree.Element {
	c := response.Copy()
	for _, a := range message.Children(c, nsAssertion, "Assertion") {
		a.Child = nil
	}
	return c
}

func (r *Report) part(of string, theirs, ours *etree.Element, h habit) error {
	d, err := measure(theirs, ours)
	if err != nil {
		return err
	}
	lend(theirs, ours)
	first, err := h.differ(d.broken || !d.signed()).run(theirs, ours, h)
	if err != nil {
		return err
	}
	p := d.verdict(first, h)
	p.Of = of
	if p.Result == Identical {
		r.remark(of, d, first)
	}
	r.Parts = append(r.Parts, p)
	return nil
}

// verdict weighs what the digests say and what the trees show.
func (d measured) verdict(first *differ, h habit) Part {
	found := first.shape
	if found == nil {
		found = first.value
	}
	switch {
	case d.match && d.broken && found != nil:
		return Part{Result: Different, Because: "the face renders what the vendor signed, and this is not that any more", Difference: found}
	case d.match && (d.signed() || first.shape == nil):
		return Part{Result: Identical, Because: d.words}
	case first.shape != nil:
		return Part{Result: Different, Because: "the face builds it otherwise", Difference: found}
	case !d.signed() && h.indented && found == nil:
		return Part{Result: Skeleton, Because: "not signed, and indented anew: alike but for white space"}
	}
	p := Part{Result: Different, Because: "the face gives another value", Difference: found}
	if d.broken {
		p.Result = Skeleton
		p.Because = "elements, order, prefixes, declarations and attributes are alike; its own content has not the digest that it states, so something was changed since it was signed"
	}
	if found == nil {
		p.Difference = d.digests
	}
	return p
}

// remark adds what a proof by canonical form leaves out.
func (r *Report) remark(of string, d measured, first *differ) {
	if d.broken {
		r.Notes = append(r.Notes, of+": it was indented anew since it was signed")
	}
	if s := first.shape; s != nil {
		r.Notes = append(r.Notes, fmt.Sprintf("%s: not in the same bytes, which canonical form does not see: first at %s: %s, and ours %s",
			of, s.Path, s.Theirs, s.Ours))
	}
}

// lend gives ours the digest that theirs states, so that the first difference is
// the one that made the digests differ.
func lend(theirs, ours *etree.Element) {
	a, b := signature(theirs), signature(ours)
	if a == nil || b == nil {
		return
	}
	from, to := message.Descendants(a, nsSignature, "DigestValue"), message.Descendants(b, nsSignature, "DigestValue")
	if len(from) == 1 && len(to) == 1 {
		to[0].SetText(raw(from[0]))
	}
}

// measured is what the digests say about one element.
type measured struct {
	match   bool   // ours is the digest in the message
	broken  bool   // theirs is not
	words   string // why they match
	digests *Difference
}

func (d measured) signed() bool { return d.digests != nil }

func measure(theirs, ours *etree.Element) (m measured, err error) {
	sig := signature(theirs)
	if sig == nil {
		a, err := forge.Canonical(theirs, "")
		if err != nil {
			return m, tooMuch(err)
		}
		b, err := forge.Canonical(ours, "")
		if err != nil {
			return m, tooMuch(err)
		}
		return measured{match: string(a) == string(b), words: "it is not signed; its canonical bytes are the face's"}, nil
	}
	prefixes, stated := "", ""
	for _, in := range message.Descendants(sig, "http://www.w3.org/2001/10/xml-exc-c14n#", "InclusiveNamespaces") {
		prefixes, _ = message.Attr(in, "PrefixList")
	}
	for _, v := range message.Descendants(sig, nsSignature, "DigestValue") {
		stated = strings.Join(strings.Fields(v.Text()), "")
	}
	our, err := digest(ours, prefixes, sha1(sig))
	if err != nil {
		return m, err
	}
	their, err := digest(theirs, prefixes, sha1(sig))
	return measured{
		match: our == stated, broken: their != stated,
		words:   "what the face renders has the digest that the vendor signed: " + stated,
		digests: &Difference{Path: "/" + theirs.FullTag() + "//DigestValue", Theirs: stated, Ours: our},
	}, err
}

func digest(e *etree.Element, prefixes string, old bool) (string, error) {
	sum, err := forge.Digest(e, prefixes, old)
	if err != nil {
		return "", tooMuch(err)
	}
	return base64.StdEncoding.EncodeToString(sum), nil
}

// tooMuch is what canonicalisation, which is bounded, could not do.
func tooMuch(err error) error {
	return fmt.Errorf("fidelity: the message cannot be brought into canonical form: %s", strings.TrimPrefix(err.Error(), "forge: "))
}
