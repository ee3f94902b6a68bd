package forge

import (
	"crypto"
	"crypto/rsa"
	"io"

	"github.com/beevik/etree"
)

const (
	algOAEP11  = "http://www.w3.org/2009/xmlenc11#rsa-oaep"
	algMGF256  = "http://www.w3.org/2009/xmlenc11#mgf1sha256"
	nsEnc11    = "http://www.w3.org/2009/xmlenc11#"
	algSHA256E = "http://www.w3.org/2001/04/xmlenc#sha256"
)

// OAEP is one way of wrapping the key with RSA-OAEP (XML Encryption 1.1, 5.5.2).
// The zero value is that of the vendors: rsa-oaep-mgf1p with SHA-1.
type OAEP struct {
	Digest256 bool // SHA-256 as the digest
	Mask256   bool // SHA-256 in the mask generation function, which needs the URI of XML Encryption 1.1
}

func (o OAEP) algorithm() string {
	if o.Mask256 {
		return algOAEP11
	}
	return algOAEP
}

func (o OAEP) hash(is256 bool) crypto.Hash {
	if is256 {
		return crypto.SHA256
	}
	return crypto.SHA1
}

func (o OAEP) wrap(key []byte, public *rsa.PublicKey, random io.Reader) ([]byte, error) {
	return rsa.EncryptOAEPWithOptions(random, public, key, &rsa.OAEPOptions{Hash: o.hash(o.Digest256), MGFHash: o.hash(o.Mask256)})
}

// digest is the URI of the digest.
func (o OAEP) digest() string {
	if o.Digest256 {
		return algSHA256E
	}
	return algSHA1
}

// mask adds the mask generation function to an EncryptionMethod, where its
// algorithm does not imply one.
func (o OAEP) mask(method *etree.Element) {
	if !o.Mask256 {
		return
	}
	m := method.CreateElement("xenc11:MGF")
	m.CreateAttr("xmlns:xenc11", nsEnc11)
	m.CreateAttr("Algorithm", algMGF256)
}
