package forge

import (
	"crypto"
	_ "crypto/md5" //nolint:gosec // shown to be accepted or refused
	"fmt"

	"github.com/beevik/etree"
)

const (
	algRSAMD5   = "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"
	algMD5      = "http://www.w3.org/2001/04/xmldsig-more#md5"
	algXPath    = "http://www.w3.org/TR/1999/REC-xpath-19991116"
	algXSLT     = "http://www.w3.org/TR/1999/REC-xslt-19991116"
	algComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
	algStrange  = "urn:example:no-such-transform"
	nsXSL       = "http://www.w3.org/1999/XSL/Transform"
)

// keyed is a mutation that only who holds the trusted key can make: the
// outermost signature is laid out otherwise, and is good.
func keyed(name string, edit func(*draft) error) Mutation {
	return after(name, func(r *etree.Element, with Context) error { return resigned(r, with, false, edit) })
}

// SignedSHA1 signs with RSA-SHA1.
func SignedSHA1() Mutation {
	return everySignature("signed with rsa-sha1", func(d *draft) error {
		d.sum = crypto.SHA1
		return d.algorithm("SignatureMethod", algRSASHA1)
	})
}

// DigestSHA1 digests with SHA-1 and signs as ever.
func DigestSHA1() Mutation {
	return everySignature("digested with sha1", func(d *draft) error {
		text, err := d.content()
		if err != nil {
			return err
		}
		if err := d.algorithm("DigestMethod", algSHA1); err != nil {
			return err
		}
		return d.digest(text, crypto.SHA1)
	})
}

// SignedMD5 signs with RSA-MD5 and digests with MD5.
func SignedMD5() Mutation {
	return everySignature("signed with rsa-md5", func(d *draft) error {
		text, err := d.content()
		if err != nil {
			return err
		}
		d.sum = crypto.MD5
		if err := d.algorithm("SignatureMethod", algRSAMD5); err != nil {
			return err
		}
		if err := d.algorithm("DigestMethod", algMD5); err != nil {
			return err
		}
		return d.digest(text, crypto.MD5)
	})
}

func everySignature(name string, edit func(*draft) error) Mutation {
	return after(name, func(r *etree.Element, with Context) error { return resigned(r, with, true, edit) })
}

// ReferenceEmpty refers to the whole document (URI="").
func ReferenceEmpty() Mutation {
	return keyed("a reference to the whole document", func(d *draft) error {
		d.reference().CreateAttr("URI", "")
		root := rootOf(d.el)
		d.el.RemoveChild(d.sig)
		text, err := Canonical(standalone(root), d.prefixes())
		place(d.el, d.sig)
		if err != nil {
			return err
		}
		return d.digestAgain(text)
	})
}

// digestAgain puts in a digest that may be what stands there already.
func (d *draft) digestAgain(text []byte) error {
	for _, v := range findAll(d.info, nsSignature, "DigestValue") {
		v.SetText("")
	}
	return d.digest(text, d.styleSum())
}

// ReferenceXPointer refers to the element by an XPointer.
func ReferenceXPointer() Mutation {
	return keyed("a reference by XPointer", func(d *draft) error {
		d.reference().CreateAttr("URI", "#xpointer(id('"+d.el.SelectAttrValue("ID", "")+"'))")
		return nil
	})
}

// ReferenceUnresolved refers to a relative address where nothing is; the digest
// is that of nothing.
func ReferenceUnresolved() Mutation {
	return keyed("a reference to a relative address, the digest of nothing", func(d *draft) error {
		d.reference().CreateAttr("URI", "signed.xml")
		return d.digestAgain(nil)
	})
}

// ReferenceTwice has two references: the one to the element has a wrong digest,
// the other, to nothing, has the element's. A verifier that compares the last
// digest with the element is content (CVE-2026-33487).
func ReferenceTwice() Mutation {
	return keyed("two references, the digest under the wrong one", func(d *draft) error {
		right := d.reference()
		other := right.Copy()
		other.CreateAttr("URI", "#"+d.with.NewID())
		d.info.InsertChildAt(right.Index()+1, other)
		for _, v := range findAll(right, nsSignature, "DigestValue") {
			return flipBase64(v)
		}
		return fmt.Errorf("forge: no DigestValue")
	})
}

// NoReference signs a SignedInfo that refers to nothing.
func NoReference() Mutation {
	return keyed("a signature without a reference", func(d *draft) error {
		d.info.RemoveChild(d.reference())
		return nil
	})
}

// NotChild moves the assertion's signature out of it, behind the response's
// Issuer. It stays what it was: only its place is wrong (SAML Core 5.4.1).
func NotChild() Mutation {
	return after("the assertion's signature moved to the response", func(r *etree.Element, _ Context) error {
		a, err := aloneSigned(r)
		if err != nil {
			return err
		}
		sig := standalone(child(a, nsSignature, "Signature"))
		a.RemoveChild(child(a, nsSignature, "Signature"))
		place(r, sig)
		return nil
	})
}

// transformed adds a transform that leaves the digest as it is.
func (d *draft) transformed(algorithm string) *etree.Element {
	t := child(d.reference(), nsSignature, "Transforms").CreateElement(d.name("Transform"))
	t.CreateAttr("Algorithm", algorithm)
	return t
}

// TransformXPath adds an XPath transform that selects everything but the
// signature.
func TransformXPath() Mutation {
	return keyed("an XPath transform", func(d *draft) error {
		x := d.transformed(algXPath).CreateElement(d.name("XPath"))
		x.CreateAttr("xmlns:sig", nsSignature)
		x.SetText("not(ancestor-or-self::sig:Signature)")
		return nil
	})
}

// TransformUnknown adds a transform that nobody knows.
func TransformUnknown() Mutation {
	return keyed("an unknown transform", func(d *draft) error {
		d.transformed(algStrange)
		return nil
	})
}

// TransformComments canonicalizes with comments.
func TransformComments() Mutation {
	return keyed("canonicalization with comments", func(d *draft) error {
		for _, t := range findAll(d.reference(), nsSignature, "Transform") {
			if t.SelectAttrValue("Algorithm", "") == excC14N {
				t.CreateAttr("Algorithm", algComments)
				return nil
			}
		}
		return fmt.Errorf("forge: no canonicalization to change")
	})
}

// TransformXSLT adds a stylesheet that reads from Context.CallBack, unsigned: an
// outsider's. A verifier that works off transforms before it knows whom the
// message is from runs it.
func TransformXSLT() Mutation {
	m := after("a stylesheet in a transform, which calls back", func(r *etree.Element, with Context) error {
		if with.CallBack == "" {
			return errNoCallBack
		}
		return resigned(r, with, false, func(d *draft) error {
			d.key = with.Foreign.Key
			sheet := etree.NewElement("xsl:stylesheet")
			sheet.CreateAttr("version", "1.0")
			sheet.CreateAttr("xmlns:xsl", nsXSL)
			tmpl := sheet.CreateElement("xsl:template")
			tmpl.CreateAttr("match", "/")
			tmpl.CreateElement("xsl:copy-of").CreateAttr("select", "document('"+with.CallBack+"')")
			ts := child(d.reference(), nsSignature, "Transforms")
			t := etree.NewElement(d.name("Transform"))
			t.CreateAttr("Algorithm", algXSLT)
			t.AddChild(sheet)
			ts.InsertChildAt(0, t)
			return nil
		})
	})
	m.Calls = true
	return m
}
