package forge

import (
	"crypto"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/beevik/etree"
)

// draft is a signature that has been laid out and not signed yet. A mutation
// edits it; the value is then made over what stands there.
type draft struct {
	el, sig, info *etree.Element // what is signed, the Signature in it, its SignedInfo
	with          Context
	key           *rsa.PrivateKey
	sum           crypto.Hash                       // of the signature; SHA-256 when 0
	value         func(info []byte) ([]byte, error) // makes the signature value instead; nil signs with key
}

// resigned makes the signatures anew: of every element that has one, the inner
// before the outer. edit changes the drafts of all of them, or of the outermost
// alone.
func resigned(r *etree.Element, with Context, all bool, edit func(*draft) error) error {
	var signed []*etree.Element
	for _, el := range append(findAll(r, nsAssertion, "Assertion"), r) {
		if child(el, nsSignature, "Signature") != nil {
			signed = append(signed, el)
		}
	}
	if len(signed) == 0 {
		return errors.New("forge: nothing is signed: no signature to make anew")
	}
	for n, el := range signed {
		el.RemoveChild(child(el, nsSignature, "Signature"))
		sig, err := lay(el, with.Own.Cert, with.Style, with.Style.DigestText)
		if err != nil {
			return err
		}
		d := &draft{el: el, sig: sig, info: child(sig, nsSignature, "SignedInfo"), with: with, key: with.Own.Key}
		if all || n == len(signed)-1 {
			if err := edit(d); err != nil {
				return err
			}
		}
		if err := d.sign(); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) sign() error {
	text, err := Canonical(d.info, "")
	if err != nil {
		return err
	}
	value := []byte(nil)
	switch {
	case d.value != nil:
		value, err = d.value(text)
	case d.key == nil:
		return errors.New("forge: no key to sign with")
	default:
		h := d.sum
		if h == 0 {
			h = d.styleSum()
		}
		hash := h.New()
		hash.Write(text)
		value, err = rsa.SignPKCS1v15(nil, d.key, h, hash.Sum(nil))
	}
	if err != nil {
		return fmt.Errorf("forge: sign: %w", err)
	}
	child(d.sig, nsSignature, "SignatureValue").SetText(base64.StdEncoding.EncodeToString(value))
	return nil
}

func (d *draft) styleSum() crypto.Hash {
	if d.with.Style.SHA1 {
		return crypto.SHA1
	}
	return crypto.SHA256
}

// reference is the draft's one Reference.
func (d *draft) reference() *etree.Element { return child(d.info, nsSignature, "Reference") }

// algorithm sets the Algorithm of a method element of the draft.
func (d *draft) algorithm(method, uri string) error {
	for _, el := range findAll(d.info, nsSignature, method) {
		return setAttr(el, "Algorithm", uri)
	}
	return fmt.Errorf("forge: no %s", method)
}

// digest puts in the digest of text by the given hash.
func (d *draft) digest(text []byte, h crypto.Hash) error {
	hash := h.New()
	hash.Write(text)
	for _, v := range findAll(d.info, nsSignature, "DigestValue") {
		return setText(v, base64.StdEncoding.EncodeToString(hash.Sum(nil)))
	}
	return errors.New("forge: no DigestValue")
}

// content is the canonical form of what is signed, as Digest takes it.
func (d *draft) content() ([]byte, error) {
	bare := standalone(d.el)
	for _, s := range childrenOf(bare, nsSignature, "Signature") {
		bare.RemoveChild(s)
	}
	return Canonical(bare, d.prefixes())
}

// prefixes is the PrefixList of the draft's exclusive canonicalization.
func (d *draft) prefixes() string {
	for _, in := range FindAll(d.info, "InclusiveNamespaces") {
		return in.SelectAttrValue("PrefixList", "")
	}
	return ""
}

func (d *draft) name(local string) string { return qualified(d.sig, local) }

// signText signs a text with the trusted key.
func signText(text []byte, with Context, h crypto.Hash) ([]byte, error) {
	if with.Own.Key == nil {
		return nil, errors.New("forge: no key to sign with")
	}
	hash := h.New()
	hash.Write(text)
	return rsa.SignPKCS1v15(nil, with.Own.Key, h, hash.Sum(nil))
}
