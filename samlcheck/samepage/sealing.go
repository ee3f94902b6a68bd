package samepage

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"
	"github.com/crewjam/saml/xmlenc"
)

// unsealName opens an EncryptedID (Core 2.2.4) in what is read of the assertion;
// what was signed stays as it is.
func (s *Server) unsealName(m *message) error {
	sealed := child(m.subject(), nsAssertion, "EncryptedID")
	if sealed == nil {
		return nil
	}
	if s.defective("no-encrypted-nameid") {
		return errors.New("samepage: an EncryptedID")
	}
	data := child(sealed, nsEnc, "EncryptedData")
	keys := descendants(sealed, func(e *etree.Element) bool { return is(e, nsEnc, "EncryptedKey") })
	if data == nil || len(keys) != 1 {
		return errors.New("samepage: EncryptedID without EncryptedData or with other than one EncryptedKey")
	}
	var key any = s.key
	if keys[0].Parent() == sealed {
		opened, err := xmlenc.Decrypt(s.key, keys[0])
		if err != nil {
			return fmt.Errorf("samepage: decrypt key: %w", err)
		}
		key = opened
	}
	plain, err := xmlenc.Decrypt(key, data)
	if err != nil {
		return fmt.Errorf("samepage: decrypt NameID: %w", err)
	}
	name, err := parseStrict(plain)
	if err != nil {
		return err
	}
	if !is(name, nsAssertion, "NameID") {
		return errors.New("samepage: what was encrypted is no NameID")
	}
	alone, err := detach(m.content)
	if err != nil {
		return err
	}
	if m.person == m.content {
		m.person = alone
	}
	m.content, m.foreign = alone, true
	subject := m.subject()
	at := child(subject, nsAssertion, "EncryptedID").Index()
	subject.RemoveChildAt(at)
	subject.InsertChildAt(at, name)
	return nil
}

// narrowSeals refuses ways of encrypting that a narrow-minded defect names.
func (s *Server) narrowSeals(data, key *etree.Element) error {
	method := func(e *etree.Element) string {
		return child(e, nsEnc, "EncryptionMethod").SelectAttrValue("Algorithm", "")
	}
	transport := child(key, nsEnc, "EncryptionMethod")
	if child(data, nsEnc, "EncryptionMethod") == nil || transport == nil {
		return errors.New("samepage: no EncryptionMethod")
	}
	digest := ""
	for _, d := range transport.ChildElements() {
		if d.Tag == "DigestMethod" {
			digest = d.SelectAttrValue("Algorithm", "")
		}
	}
	mask := strings.HasPrefix(method(key), "http://www.w3.org/2009/xmlenc11#")
	for id, is := range map[string]bool{
		"encrypted-aes128-gcm": strings.HasSuffix(method(data), "#aes128-gcm") && !mask && !strings.HasSuffix(digest, "sha256"),
		"encrypted-aes256-gcm": strings.HasSuffix(method(data), "#aes256-gcm"),
		"encrypted-aes256-cbc": strings.HasSuffix(method(data), "#aes256-cbc"),
		"oaep-sha256":          strings.HasSuffix(digest, "sha256") && !mask,
		"oaep-mask-sha256":     !strings.HasSuffix(digest, "sha256") && mask,
		"oaep-all-sha256":      strings.HasSuffix(digest, "sha256") && mask,
	} {
		if is && s.defective(Defect("no-"+id)) {
			return fmt.Errorf("samepage: %s is not read here", id)
		}
	}
	return nil
}

// crewjamOpens says whether crewjam can decrypt: it knows neither AES-256-GCM nor
// RSA-OAEP with other hashes than SHA-1.
func crewjamOpens(sealed *etree.Element) bool {
	for _, e := range descendants(sealed, func(e *etree.Element) bool { return e.Tag == "EncryptionMethod" || e.Tag == "DigestMethod" }) {
		a := e.SelectAttrValue("Algorithm", "")
		if strings.HasSuffix(a, "#aes256-gcm") || strings.HasSuffix(a, "#sha256") || strings.HasPrefix(a, "http://www.w3.org/2009/xmlenc11#rsa-oaep") {
			return false
		}
	}
	return true
}

// unlock decrypts the data of an EncryptedAssertion. A key that stands beside
// EncryptedData is opened first; inside, crewjam opens it itself.
func (s *Server) unlock(el, data, wrapped *etree.Element) ([]byte, error) {
	var key any = s.key
	if crewjamOpens(el) && (wrapped.Parent() == el || s.flawed(FlawTag)) {
		opened, err := xmlenc.Decrypt(s.key, wrapped)
		if err != nil {
			return nil, fmt.Errorf("samepage: decrypt key: %w", err)
		}
		key = opened
	}
	var plain []byte
	var err error
	opened, isOpen := key.([]byte)
	switch {
	case !crewjamOpens(el):
		plain, err = s.unseal(data, wrapped)
	case isOpen && s.flawed(FlawTag) && gcm(data):
		plain, err = withoutTag(opened, data)
	default:
		if plain, err = xmlenc.Decrypt(key, data); err == nil {
			err = paddingGood(data, plain)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("samepage: decrypt assertion: %w", err)
	}
	return plain, nil
}

// paddingGood wants at most one block of padding (XML Encryption 5.2.1), which
// crewjam does not ask for.
func paddingGood(data *etree.Element, plain []byte) error {
	if !strings.HasSuffix(algorithmOf(child(data, nsEnc, "EncryptionMethod")), "-cbc") {
		return nil
	}
	sealed, err := cipherValue(data)
	if err != nil {
		return err
	}
	if n := len(sealed) - aes.BlockSize - len(plain); n > aes.BlockSize {
		return fmt.Errorf("samepage: %d bytes of padding", n)
	}
	return nil
}

// unseal decrypts what crewjam does not.
func (s *Server) unseal(data, key *etree.Element) ([]byte, error) {
	wrapped, err := cipherValue(key)
	if err != nil {
		return nil, err
	}
	o := &rsa.OAEPOptions{Hash: crypto.SHA1, MGFHash: crypto.SHA1}
	for _, e := range child(key, nsEnc, "EncryptionMethod").ChildElements() {
		switch a := e.SelectAttrValue("Algorithm", ""); {
		case e.Tag == "DigestMethod" && strings.HasSuffix(a, "#sha256"):
			o.Hash = crypto.SHA256
		case e.Tag == "MGF" && strings.HasSuffix(a, "#mgf1sha256"):
			o.MGFHash = crypto.SHA256
		}
	}
	secret, err := s.key.Decrypt(nil, wrapped, o)
	if err != nil {
		return nil, fmt.Errorf("samepage: unwrap key: %w", err)
	}
	sealed, err := cipherValue(data)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("samepage: %w", err)
	}
	mode, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("samepage: %w", err)
	}
	if len(sealed) < mode.NonceSize() {
		return nil, errors.New("samepage: the ciphertext is too short")
	}
	return mode.Open(nil, sealed[:mode.NonceSize()], sealed[mode.NonceSize():], nil)
}

func cipherValue(e *etree.Element) ([]byte, error) {
	v := child(child(e, nsEnc, "CipherData"), nsEnc, "CipherValue")
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text(v)), ""))
}
