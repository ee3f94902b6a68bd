package expect

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"math/big"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// KeysThere wants a certificate or a key value in each KeyDescriptor: a name or
// a reference is nothing that an identity provider could use.
func KeysThere(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return eachKey(side, "every KeyDescriptor holds a key", "no certificate and no key value in these", func(k *etree.Element) string {
		for _, name := range []string{"X509Certificate", "KeyValue"} {
			for _, e := range message.Descendants(k, message.NSSignature, name) {
				if message.Text(e) != "" || len(e.ChildElements()) > 0 {
					return ""
				}
			}
		}
		return "KeyDescriptor"
	})
}

// OneCertificate wants no more than one certificate in each KeyDescriptor.
func OneCertificate(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return eachKey(side, "no KeyDescriptor holds several certificates", "several certificates in one KeyDescriptor", func(k *etree.Element) string {
		if n := len(message.Descendants(k, message.NSSignature, "X509Certificate")); n > 1 {
			return fmt.Sprintf("%d certificates", n)
		}
		return ""
	})
}

// CertificatesUntouched wants no comment inside a certificate: some readers stop
// at it.
func CertificatesUntouched(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return eachKey(side, "no certificate is interrupted", "a comment stands inside the certificate", func(k *etree.Element) string {
		for _, e := range message.Descendants(k, message.NSSignature, "X509Certificate") {
			for _, c := range e.Child {
				if _, ok := c.(*etree.Comment); ok {
					return "X509Certificate"
				}
			}
		}
		return ""
	})
}

// eachKey gathers what object says of each KeyDescriptor of the role.
func eachKey(side Side, holds, violated string, object func(*etree.Element) string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		keys := d.Keys(d.Role, "")
		for _, k := range keys {
			if say := object(k); say != "" {
				bad = append(bad, d.At(k, say))
			}
		}
		if len(keys) == 0 {
			return samlcheck.NotApplicable("there is no KeyDescriptor")
		}
		return None(bad, holds, violated)
	}
}

// KeyExponents wants RSA exponents that are not small: an odd number of 65537
// and more, as NIST's FIPS 186 has it.
func KeyExponents(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return judgeCertificates(side, "no RSA key has a small exponent", "these have a small or even exponent", func(c *x509.Certificate) string {
		if k, ok := c.PublicKey.(*rsa.PublicKey); ok && (k.E < 65537 || k.E%2 == 0) {
			return fmt.Sprintf("with the exponent %d", k.E)
		}
		return ""
	})
}

// KeysNotROCA wants no RSA key that an Infineon chip made (CVE-2017-15361): its
// private half can be computed.
func KeysNotROCA(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return judgeCertificates(side, "no key has the mark of ROCA", "these keys can be broken (ROCA)", func(c *x509.Certificate) string {
		if k, ok := c.PublicKey.(*rsa.PublicKey); ok && ROCA(k.N) {
			return "with a ROCA key"
		}
		return ""
	})
}

// ROCA reports whether a modulus has the form of the primes that the weak
// library makes: modulo each of the small primes that it uses for keys of every
// size, the modulus is a power of 65537. An honest key passes all of these by
// chance about once in 2^40 keys and less.
func ROCA(n *big.Int) bool {
	const last = 167 // the 39 first primes are used for the smallest keys
	for p := int64(3); p <= last; p += 2 {
		if !big.NewInt(p).ProbablyPrime(0) {
			continue
		}
		r, power, found := new(big.Int).Mod(n, big.NewInt(p)).Int64(), int64(1), false
		for range p {
			if power == r {
				found = true
				break
			}
			power = power * 65537 % p
		}
		if !found {
			return false
		}
	}
	return true
}

// KeysPrivate wants no key whose private half anybody can download: the ones
// that come with software as an example and are left in place.
func KeysPrivate(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return judgeCertificates(side, "no key is one that comes with software as an example", "anybody can download the private half of these keys",
		func(c *x509.Certificate) string {
			sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
			if from := exampleKey(hex.EncodeToString(sum[:])); from != "" {
				return "with the key of " + from
			}
			return ""
		})
}

// exampleKey names the software that a key comes with, by the SHA-256 of the
// key (SubjectPublicKeyInfo, DER). Both were found in the metadata of services
// that are not examples.
func exampleKey(digest string) string {
	switch digest {
	case "516207019bd4423ffd0a3ed40ddfcb4d222cfa70a68060fa3acdc9e049a2a4b5":
		return "Spring Security SAML's sample key store (apollo)"
	case "ee607324cdae1567e5c8093c8d431c3eb6684b4c117fabfb942a1f3b16feb539":
		return "SimpleSAMLphp's first example (feide.erlang.no)"
	}
	return ""
}
