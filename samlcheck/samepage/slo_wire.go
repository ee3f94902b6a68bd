package samepage

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"

	"github.com/beevik/etree"
	"github.com/crewjam/saml/xmlenc"
)

// deflate packs a message for HTTP-Redirect.
func deflate(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(raw)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("samepage: deflate: %w", err)
	}
	return b.Bytes(), nil
}

// readPrincipal reads what the IdP calls the session: what a LogoutRequest will
// name.
func readPrincipal(m *message) principal {
	if m.presumed != "" {
		return principal{}
	}
	who := &message{content: m.person}
	id := who.nameID()
	p := principal{nameID: text(id)}
	if id != nil {
		p.format = id.SelectAttrValue("Format", "")
	}
	if m.idp != nil {
		p.idp = m.idp.entityID
	}
	for _, a := range who.logins() {
		p.index = value(a, "SessionIndex")
	}
	return p
}

// openID opens an EncryptedID (SAML Core 2.2.4), whose key stands beside the
// EncryptedData or in it.
func (s *Server) openID(el *etree.Element) (*etree.Element, error) {
	data := child(el, nsEnc, "EncryptedData")
	keys := descendants(el, func(e *etree.Element) bool { return is(e, nsEnc, "EncryptedKey") })
	if data == nil || len(keys) != 1 {
		return nil, errors.New("samepage: slo: EncryptedID without EncryptedData or with other than one EncryptedKey")
	}
	var key any = s.key
	if keys[0].Parent() == el {
		opened, err := xmlenc.Decrypt(s.key, keys[0])
		if err != nil {
			return nil, fmt.Errorf("samepage: slo: decrypt key: %w", err)
		}
		key = opened
	}
	plain, err := xmlenc.Decrypt(key, data)
	if err != nil {
		return nil, fmt.Errorf("samepage: slo: decrypt id: %w", err)
	}
	root, err := parseStrict(bytes.TrimSpace(plain))
	if err != nil {
		return nil, err
	}
	if !is(root, nsAssertion, "NameID") {
		return nil, errors.New("samepage: slo: what was encrypted is no NameID")
	}
	return root, nil
}
