package forge

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"github.com/beevik/etree"
)

// Algorithms for the assertion itself (XML Encryption 5.2).
const (
	AES128CBC = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
	AES256CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
	AES128GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm"
	AES256GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
)

// algOAEP is RSA-OAEP with SHA-1 and MGF1: what both vendors wrap keys with.
const algOAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"

// algRSA15 is the transport of keys that a good service provider does not take.
const algRSA15 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5"

// Encryption is how a vendor encrypts assertions, and for whom.
type Encryption struct {
	Cert []byte // DER: the service provider's certificate
	Data string // one of the algorithms above; "" is AES256CBC
	// Santuario is Apache Santuario's layout, which Okta's is: the EncryptedKey
	// beside the EncryptedData, the plaintext in physical form. Otherwise .NET's:
	// the key inside KeyInfo, the plaintext as it would have been sent.
	Santuario bool
	RSA15     bool                      // wraps the key with RSA 1.5, as nobody should
	OAEP      OAEP                      // else with RSA-OAEP, in this way
	Spoil     func(cipher []byte) error // changes the finished ciphertext (IV or nonce in front), in place
}

// Encrypt puts an EncryptedAssertion into the place of an assertion, which is
// signed already when it is to be. The vendor's response signature then covers
// the encrypted form. XML Encryption 4.1, SAML Core 2.3.4.
func Encrypt(assertion *etree.Element, e Encryption, random io.Reader) error {
	parent := assertion.Parent()
	if parent == nil || assertion.Tag != "Assertion" {
		return errors.New("forge: only the assertion of a response can be encrypted")
	}
	sealed, err := e.sealed(assertion, random)
	if err != nil {
		return err
	}
	at := assertion.Index()
	parent.RemoveChildAt(at)
	parent.InsertChildAt(at, sealed)
	return nil
}

// sealed is an element, encrypted.
func (e Encryption) sealed(el *etree.Element, random io.Reader) (*etree.Element, error) {
	cert, err := x509.ParseCertificate(e.Cert)
	if err != nil {
		return nil, fmt.Errorf("forge: encryption certificate: %w", err)
	}
	public, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("forge: the encryption certificate holds no RSA key")
	}
	plain, err := plaintext(el, e.Santuario)
	if err != nil {
		return nil, err
	}
	s := Sealed{Data: e.Data, Cert: e.Cert, RSA15: e.RSA15, OAEP: e.OAEP, spoil: e.Spoil}
	if s.Data == "" {
		s.Data = AES256CBC
	}
	if err := s.seal(plain, public, random); err != nil {
		return nil, err
	}
	return s.Element(e.Santuario), nil
}

// Sealed is the content of an EncryptedAssertion: what Encrypt makes, and what
// a recorded message has in its place.
type Sealed struct {
	Data, DataID, DataText string // algorithm, Id and CipherValue of the EncryptedData
	KeyID, KeyText         string // Id and CipherValue of the EncryptedKey
	Cert                   []byte // DER
	RSA15                  bool   // how the key is wrapped
	OAEP                   OAEP

	spoil func([]byte) error
}

func (s *Sealed) seal(plain []byte, public *rsa.PublicKey, random io.Reader) error {
	size := map[string]int{AES128CBC: 16, AES128GCM: 16, AES256CBC: 32, AES256GCM: 32}[s.Data]
	if size == 0 {
		return fmt.Errorf("forge: no way to encrypt with %q", s.Data)
	}
	drawn := make([]byte, size+32)
	if _, err := io.ReadFull(random, drawn); err != nil {
		return fmt.Errorf("forge: no randomness: %w", err)
	}
	key, ids := drawn[:size], drawn[size:]
	s.DataID, s.KeyID = fmt.Sprintf("_%x", ids[:16]), fmt.Sprintf("_%x", ids[16:])
	block, err := aes.NewCipher(key)
	if err != nil {
		return fmt.Errorf("forge: %w", err)
	}
	scramble := cbc
	if s.Data == AES128GCM || s.Data == AES256GCM {
		scramble = gcm
	}
	data, err := scramble(block, plain, random)
	if err != nil {
		return err
	}
	if s.spoil != nil {
		if err := s.spoil(data); err != nil {
			return err
		}
	}
	wrapped, err := s.wrap(key, public, random)
	if err != nil {
		return fmt.Errorf("forge: wrap the key: %w", err)
	}
	s.DataText, s.KeyText = base64.StdEncoding.EncodeToString(data), base64.StdEncoding.EncodeToString(wrapped)
	return nil
}

// cbc pads as XML Encryption 5.2.2 has it: only the last byte counts.
func cbc(block cipher.Block, plain []byte, random io.Reader) ([]byte, error) {
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	out := make([]byte, aes.BlockSize+len(plain)+pad)
	if _, err := io.ReadFull(random, out[:aes.BlockSize]); err != nil {
		return nil, fmt.Errorf("forge: no randomness: %w", err)
	}
	body := out[aes.BlockSize:]
	copy(body, plain)
	body[len(body)-1] = byte(pad)
	cipher.NewCBCEncrypter(block, out[:aes.BlockSize]).CryptBlocks(body, body)
	return out, nil
}

func gcm(block cipher.Block, plain []byte, random io.Reader) ([]byte, error) {
	mode, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("forge: %w", err)
	}
	nonce := make([]byte, mode.NonceSize())
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("forge: no randomness: %w", err)
	}
	return mode.Seal(nonce, nonce, plain, nil), nil
}

func (s *Sealed) wrap(key []byte, public *rsa.PublicKey, random io.Reader) ([]byte, error) {
	if s.RSA15 {
		return rsa.EncryptPKCS1v15(random, public, key) //nolint:staticcheck // shown to be accepted or refused
	}
	return s.OAEP.wrap(key, public, random)
}

// transport is the algorithm by which the key is wrapped.
func (s Sealed) transport() string {
	if s.RSA15 {
		return algRSA15
	}
	return s.OAEP.algorithm()
}
