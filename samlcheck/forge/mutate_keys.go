package forge

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // HMAC-SHA1 is what the attack names
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"hash"
	"math/big"

	"github.com/beevik/etree"
)

// Algorithms that nothing should be trusted by.
const (
	algHMACSHA1   = "http://www.w3.org/2000/09/xmldsig#hmac-sha1"
	algHMACSHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
	algUnknown    = "http://www.w3.org/2001/04/xmldsig-more#rsa-none"
)

// KeyText is one spelling of the public key as the secret of an HMAC.
type KeyText int

// Spellings: what a library may have at hand as "the key".
const (
	CertificatePEM      KeyText = iota // with a final newline
	CertificatePEMTight                // without
	CertificateBase64                  // as in metadata
	PublicKeyPEM                       // SPKI, as OpenSSL prints it
)

// HMACKeyedWithCertificate signs with an HMAC whose secret is the public
// certificate (xml-crypto before 2.0.0): whoever can read metadata can do it.
func HMACKeyedWithCertificate(k KeyText, sha1Sum bool) Mutation {
	uri, sum, word := algHMACSHA256, sha256.New, "sha256"
	if sha1Sum {
		uri, sum, word = algHMACSHA1, sha1.New, "sha1"
	}
	name := fmt.Sprintf("signed with hmac-%s, keyed with %s", word, [...]string{
		"the certificate's PEM", "the certificate's PEM without its last newline", "the certificate's base64", "the public key's PEM",
	}[k])
	return after(name, func(r *etree.Element, with Context) error {
		secret, err := k.of(with.Own.Cert)
		if err != nil {
			return err
		}
		return resigned(r, with, true, func(d *draft) error {
			d.value = func(info []byte) ([]byte, error) { return mac(sum, secret, info), nil }
			return d.algorithm("SignatureMethod", uri)
		})
	})
}

func mac(sum func() hash.Hash, secret, text []byte) []byte {
	h := hmac.New(sum, secret)
	h.Write(text)
	return h.Sum(nil)
}

func (k KeyText) of(cert []byte) ([]byte, error) {
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})
	switch k {
	case CertificatePEM:
		return block, nil
	case CertificatePEMTight:
		return block[:len(block)-1], nil
	case CertificateBase64:
		return []byte(base64.StdEncoding.EncodeToString(cert)), nil
	case PublicKeyPEM:
	}
	c, err := x509.ParseCertificate(cert)
	if err != nil {
		return nil, fmt.Errorf("forge: certificate: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: c.RawSubjectPublicKeyInfo}), nil
}

// UnknownAlgorithm names a signature algorithm that does not exist; the value
// is nothing.
func UnknownAlgorithm() Mutation {
	return after("signed with an algorithm that does not exist", func(r *etree.Element, with Context) error {
		return resigned(r, with, true, func(d *draft) error {
			d.value = func([]byte) ([]byte, error) { return []byte("nothing"), nil }
			return d.algorithm("SignatureMethod", algUnknown)
		})
	})
}

// NoAlgorithm names no signature algorithm; the value is nothing.
func NoAlgorithm() Mutation {
	return after("signed without an algorithm", func(r *etree.Element, with Context) error {
		return resigned(r, with, true, func(d *draft) error {
			d.value = func([]byte) ([]byte, error) { return []byte("nothing"), nil }
			d.info.RemoveChild(child(d.info, nsSignature, "SignatureMethod"))
			return nil
		})
	})
}

// ForeignKeyValue signs with a key that nobody trusts, which stands in KeyInfo
// as a bare KeyValue.
func ForeignKeyValue() Mutation {
	return after("signed by a foreign key that stands in KeyValue", func(r *etree.Element, with Context) error {
		return resigned(r, with, true, func(d *draft) error {
			d.key = with.Foreign.Key
			info := child(d.sig, nsSignature, "KeyInfo")
			info.Child = nil
			value := info.CreateElement(d.name("KeyValue")).CreateElement(d.name("RSAKeyValue"))
			value.CreateElement(d.name("Modulus")).SetText(base64.StdEncoding.EncodeToString(d.key.N.Bytes()))
			value.CreateElement(d.name("Exponent")).SetText(base64.StdEncoding.EncodeToString(big.NewInt(int64(d.key.E)).Bytes()))
			return nil
		})
	})
}

// ForeignBesideKnown signs with a key that nobody trusts and shows two
// certificates, the known one and its own, in the given order: a reader that
// checks the one and verifies with the other is content.
func ForeignBesideKnown(knownFirst bool) Mutation {
	name, order := "signed by a foreign key, the known certificate behind its own", []int{1, 0}
	if knownFirst {
		name, order = "signed by a foreign key, the known certificate before its own", []int{0, 1}
	}
	return after(name, func(r *etree.Element, with Context) error {
		certs := [][]byte{with.Own.Cert, with.Foreign.Cert}
		return resigned(r, with, true, func(d *draft) error {
			d.key = with.Foreign.Key
			data := child(child(d.sig, nsSignature, "KeyInfo"), nsSignature, "X509Data")
			data.Child = nil
			for _, n := range order {
				data.CreateElement(d.name("X509Certificate")).SetText(CertificateText(certs[n], with.Style.Wrap))
			}
			return nil
		})
	})
}

// ForeignByReference signs with a key that nobody trusts, which a
// RetrievalMethod fetches from elsewhere in the document.
func ForeignByReference() Mutation {
	return after("signed by a foreign key that a RetrievalMethod points to", func(r *etree.Element, with Context) error {
		return resigned(r, with, true, func(d *draft) error {
			d.key = with.Foreign.Key
			info := child(d.sig, nsSignature, "KeyInfo")
			info.Child = nil
			m := info.CreateElement(d.name("RetrievalMethod"))
			m.CreateAttr("Type", nsSignature+"X509Data")
			m.CreateAttr("URI", "#foreign-key")
			object := d.sig.CreateElement(d.name("Object"))
			data := object.CreateElement(d.name("X509Data"))
			data.CreateAttr("Id", "foreign-key")
			data.CreateElement(d.name("X509Certificate")).SetText(CertificateText(with.Foreign.Cert, with.Style.Wrap))
			return nil
		})
	})
}

// InnerForeign has the assertion signed by a key that nobody trusts inside of
// a response that is signed well.
func InnerForeign() Mutation {
	return after("the assertion signed by a foreign key, the response signed well", func(r *etree.Element, with Context) error {
		a, err := onlyAssertion(r)
		if err != nil {
			return err
		}
		if child(a, nsSignature, "Signature") == nil || child(r, nsSignature, "Signature") == nil {
			return fmt.Errorf("forge: not both are signed")
		}
		a.RemoveChild(child(a, nsSignature, "Signature"))
		if err := Sign(a, with.Foreign.Key, with.Foreign.Cert, with.Style); err != nil {
			return err
		}
		r.RemoveChild(child(r, nsSignature, "Signature"))
		return Sign(r, with.Own.Key, with.Own.Cert, with.Style)
	})
}

// SecondForeign puts a forged assertion before the signed one or behind it,
// signed by a key that nobody trusts.
func SecondForeign(first bool) Mutation {
	name := "a second assertion behind the signed one, signed by a foreign key"
	if first {
		name = "a second assertion before the signed one, signed by a foreign key"
	}
	return after(name, func(r *etree.Element, with Context) error {
		genuine, err := aloneSigned(r)
		if err != nil {
			return err
		}
		evil, err := forgedFrom(genuine, with, false)
		if err != nil {
			return err
		}
		at := genuine.Index()
		if !first {
			at++
		}
		r.InsertChildAt(at, evil)
		return Sign(evil, with.Foreign.Key, with.Foreign.Cert, with.Style)
	})
}
