package expect

import (
	"crypto/x509"
	"errors"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// WeakAlgorithm reports whether an algorithm's URI names what must not be relied
// on any more: SHA-1 and MD5 for signatures and digests, RSA PKCS#1 v1.5 and
// triple DES for encryption. SHA-1 inside of OAEP is not among them.
func WeakAlgorithm(uri string) bool {
	_, name, _ := strings.Cut(uri, "#")
	name = strings.ToLower(name)
	switch {
	case strings.HasSuffix(name, "sha1"), strings.HasSuffix(name, "md5"), name == "rsa-1_5", name == "tripledes-cbc", name == "kw-tripledes":
		return true
	}
	return false
}

// knownAlgorithm reports whether a URI of the W3C's is one that exists. What
// others define is theirs to know.
func knownAlgorithm(uri string) bool {
	ns, name, ok := strings.Cut(uri, "#")
	if !ok {
		return !strings.HasPrefix(uri, "http://www.w3.org/") && strings.Contains(uri, ":")
	}
	names, ours := map[string]string{
		"http://www.w3.org/2000/09/xmldsig":      " sha1 rsa-sha1 dsa-sha1 hmac-sha1 ",
		"http://www.w3.org/2009/xmldsig11":       " dsa-sha256 ",
		"http://www.w3.org/2001/04/xmldsig-more": " md5 sha224 sha384 rsa-md5 rsa-sha224 rsa-sha256 rsa-sha384 rsa-sha512 rsa-ripemd160 ecdsa-sha1 ecdsa-sha224 ecdsa-sha256 ecdsa-sha384 ecdsa-sha512 hmac-md5 hmac-sha224 hmac-sha256 hmac-sha384 hmac-sha512 hmac-ripemd160 ",
		"http://www.w3.org/2007/05/xmldsig-more": " sha1-rsa-MGF1 sha224-rsa-MGF1 sha256-rsa-MGF1 sha384-rsa-MGF1 sha512-rsa-MGF1 rsa-pss sha3-224 sha3-256 sha3-384 sha3-512 ecdsa-ripemd160 ",
		"http://www.w3.org/2001/04/xmlenc":       " sha256 sha512 ripemd160 tripledes-cbc aes128-cbc aes192-cbc aes256-cbc kw-tripledes kw-aes128 kw-aes192 kw-aes256 rsa-1_5 rsa-oaep-mgf1p dh ",
		"http://www.w3.org/2009/xmlenc11":        " aes128-gcm aes192-gcm aes256-gcm rsa-oaep ECDH-ES dh-es kw-aes-128-pad kw-aes-192-pad kw-aes-256-pad mgf1sha1 mgf1sha224 mgf1sha256 mgf1sha384 mgf1sha512 ",
	}[ns]
	if !ours {
		return !strings.HasPrefix(ns, "http://www.w3.org/")
	}
	return strings.Contains(names, " "+name+" ")
}

// oddAlgorithm says what is wrong with an algorithm's URI, "" where nothing is.
func oddAlgorithm(uri string) string {
	switch {
	case uri == "":
		return "no algorithm"
	case WeakAlgorithm(uri):
		return uri
	case !knownAlgorithm(uri):
		return uri + ", which is not known"
	}
	return ""
}

// EncryptionMethodsSound wants each EncryptionMethod of the role's keys to be
// known and strong.
func EncryptionMethodsSound(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		for _, k := range d.Keys(d.Role, "") {
			for _, m := range message.Children(k, message.NSMetadata, "EncryptionMethod") {
				n++
				uri, _ := message.Attr(m, "Algorithm")
				if why := oddAlgorithm(uri); why != "" {
					bad = append(bad, d.At(m, why))
				}
			}
		}
		if n == 0 {
			return samlcheck.NotApplicable("no EncryptionMethod is listed")
		}
		return None(bad, "every EncryptionMethod is known and strong", "weak or unknown")
	}
}

// EncryptionMethodsInPlace wants EncryptionMethod only on keys that encrypt.
func EncryptionMethodsInPlace(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		for _, k := range d.Keys(d.Role, "") {
			use, _ := message.Attr(k, "use")
			for _, m := range message.Children(k, message.NSMetadata, "EncryptionMethod") {
				if n++; use == "signing" {
					uri, _ := message.Attr(m, "Algorithm")
					bad = append(bad, d.At(m, uri))
				}
			}
		}
		if n == 0 {
			return samlcheck.NotApplicable("no EncryptionMethod is listed")
		}
		return None(bad, "EncryptionMethod stands on keys for encryption", "EncryptionMethod on a key for signing only")
	}
}

// algorithms calls f with every alg:SigningMethod and alg:DigestMethod.
func algorithms(d Document, f func(e *etree.Element)) (n int) {
	everywhere(d, func(e *etree.Element) {
		if e.NamespaceURI() == nsAlgorithm {
			n++
			f(e)
		}
	})
	return n
}

// AlgorithmsSound wants the announced signature algorithms known and strong.
func AlgorithmsSound(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		if algorithms(d, func(e *etree.Element) {
			uri, _ := message.Attr(e, "Algorithm")
			if why := oddAlgorithm(uri); why != "" {
				bad = append(bad, d.At(e, why))
			}
		}) == 0 {
			return samlcheck.NotApplicable("no signature algorithms are announced")
		}
		return None(bad, "the announced algorithms are known and strong", "weak or unknown")
	}
}

// KeySizesPlausible wants MinKeySize and MaxKeySize to be numbers that leave
// room for a key.
func KeySizesPlausible(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		algorithms(d, func(e *etree.Element) {
			low, given := message.Attr(e, "MinKeySize")
			high, too := message.Attr(e, "MaxKeySize")
			if !given && !too {
				return
			}
			n++
			least, err1 := size(low, given, 0)
			most, err2 := size(high, too, 1<<20)
			if errors.Join(err1, err2) != nil || least > most || most < 224 || least > 16384 {
				bad = append(bad, d.At(e, "MinKeySize "+low+", MaxKeySize "+high))
			}
		})
		if n == 0 {
			return samlcheck.NotApplicable("no key sizes are announced")
		}
		return None(bad, "the announced key sizes are plausible", "no key could have these sizes")
	}
}

func size(text string, given bool, otherwise int) (int, error) {
	if !given {
		return otherwise, nil
	}
	return strconv.Atoi(strings.TrimSpace(text))
}

// verifyEmbedded verifies the document's own signature with the certificates
// that its KeyInfo carries, or else with those that it publishes.
func verifyEmbedded(d Document, sig *message.Signature) error {
	var certs []*x509.Certificate
	for _, e := range message.Descendants(sig.Element, message.NSSignature, "X509Certificate") {
		if c := metadata.ReadCertificate(message.Text(e)); c.Cert != nil {
			certs = append(certs, c.Cert)
		}
	}
	if len(certs) == 0 {
		certs = d.SigningCertificates(d.Role)
	}
	return message.VerifyEnveloped(d.Raw, certs)
}

func isBad(err error) bool { return errors.Is(err, message.ErrBadSignature) }
