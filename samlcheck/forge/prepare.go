package forge

import (
	"crypto"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/beevik/etree"
)

// Prepared is what the two values of a signature are made from.
type Prepared struct {
	Covered []byte // canonical element: its digest is DigestValue
	Info    []byte // canonical SignedInfo: SignatureValue signs it
}

// Prepare lays a signature as Sign would, with the two values given, and returns
// what they should have been made from: for whoever makes the same signature
// many times, with other values in the element.
func Prepare(el *etree.Element, cert []byte, s Style, digest, value string) (Prepared, error) {
	var d Prepared
	sig, err := lay(el, cert, s, func(covered []byte) string {
		d.Covered = covered
		return digest
	})
	if err != nil {
		return d, err
	}
	sig.FindElement("./SignatureValue").SetText(value)
	d.Info, err = Canonical(sig.FindElement("./SignedInfo"), "")
	return d, err
}

// DigestText is the DigestValue of an element in its canonical form.
func (s Style) DigestText(covered []byte) string {
	return base64.StdEncoding.EncodeToString(s.hash(covered))
}

// SignText is the SignatureValue over a SignedInfo in its canonical form.
func (s Style) SignText(info []byte, key *rsa.PrivateKey) (string, error) {
	if key == nil {
		return "", errors.New("forge: no key to sign with")
	}
	h := crypto.SHA256
	if s.SHA1 {
		h = crypto.SHA1
	}
	value, err := rsa.SignPKCS1v15(nil, key, h, s.hash(info))
	if err != nil {
		return "", fmt.Errorf("forge: sign: %w", err)
	}
	return base64.StdEncoding.EncodeToString(value), nil
}
