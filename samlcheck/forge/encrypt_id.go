package forge

import (
	"errors"
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
	sealed, err := e.sealed(id, random)
	if err != nil {
		return err
	}
	sealed.Tag = "EncryptedID" // of the same type as EncryptedAssertion (SAML Core 2.2.4)
	at := id.Index()
	request.RemoveChildAt(at)
	request.InsertChildAt(at, sealed)
	return nil
}
