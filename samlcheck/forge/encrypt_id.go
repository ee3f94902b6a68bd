package forge

import (
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"io"

	"github.com/beevik/etree"
)

// EncryptID puts an EncryptedID into the place of a LogoutRequest's NameID
// (SAML Core 2.2.4), before the request is signed. The NameID must declare the
// namespaces that it uses, as a face's does.
func EncryptID(request *etree.Element, e Encryption, random io.Reader) error {
	id := child(request, nsAssertion, "NameID")
	if id == nil {
		return errors.New("forge: there is no NameID to encrypt")
	}
	cert, err := x509.ParseCertificate(e.Cert)
	if err != nil {
		return fmt.Errorf("forge: encryption certificate: %w", err)
	}
	public, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return errors.New("forge: the encryption certificate holds no RSA key")
	}
	plain, err := plaintext(id, e.Santuario)
	if err != nil {
		return err
	}
	s := Sealed{Data: e.Data, Cert: e.Cert}
	if s.Data == "" {
		s.Data = AES256CBC
	}
	if err := s.seal(plain, public, random); err != nil {
		return err
	}
	at, sealed := id.Index(), s.Element(e.Santuario)
	sealed.Tag = "EncryptedID" // of the same type as EncryptedAssertion (SAML Core 2.2.4)
	request.RemoveChildAt(at)
	request.InsertChildAt(at, sealed)
	return nil
}
