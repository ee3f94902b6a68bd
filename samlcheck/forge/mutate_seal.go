package forge

import (
	"errors"

	"github.com/beevik/etree"
)

// Encryption is a lock that anybody can close: the certificate is public. So it
// says nothing about who wrote what is inside.

// Seal is one way of encrypting the assertion after it was signed.
type Seal struct {
	Data    string      // algorithm for the assertion; "" is AES256CBC
	RSA15   bool        // RSA 1.5 for its key
	OAEP    OAEP        // else RSA-OAEP, in this way
	Foreign bool        // for a key that the service provider does not have
	Spoil   CipherFault // of the ciphertext
}

// CipherFault is how a ciphertext is spoilt.
type CipherFault int

// Cipher faults.
const (
	CipherGood    CipherFault = iota
	CipherPadding             // CBC: the last byte's block decrypts to other padding
	CipherContent             // CBC: an early block decrypts to nonsense
	CipherTag                 // GCM: one bit of the tag
	CipherBit                 // GCM: one bit of the content, the tag as it was
)

// Sealed encrypts the assertion, which is signed already. The response must not
// be signed: its signature would cover what is no longer there.
func (s Seal) Sealed(name string) Mutation {
	return after(name, func(r *etree.Element, with Context) error {
		a, err := aloneSigned(r)
		if err != nil {
			return err
		}
		return s.encrypt(a, with)
	})
}

// SealForged encrypts a forged assertion that nobody signed: alone in place of
// the genuine one, or before or behind it.
func SealForged(where Place) Mutation {
	name := map[Place]string{
		InPlace: "an unsigned assertion, encrypted",
		Before:  "an unsigned assertion, encrypted, before the signed one",
		Next:    "an unsigned assertion, encrypted, behind the signed one",
	}[where]
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
		if where == Next {
			at++
		}
		if where == InPlace {
			r.RemoveChild(genuine)
		}
		r.InsertChildAt(at, evil)
		return Seal{}.encrypt(evil, with)
	})
}

func (s Seal) encrypt(a *etree.Element, with Context) error {
	cert := with.SealFor
	if cert == nil {
		return errors.New("forge: the service provider's metadata has no certificate to encrypt for")
	}
	if s.Foreign {
		cert = with.Foreign.Cert
	}
	if !with.Style.Santuario { // .NET's plaintext is as sent: it must stand alone
		at, alone, parent := a.Index(), standalone(a), a.Parent()
		parent.RemoveChildAt(at)
		parent.InsertChildAt(at, alone)
		a = alone
	}
	return Encrypt(a, Encryption{
		Cert: cert, Data: s.Data, Santuario: with.Style.Santuario, RSA15: s.RSA15, OAEP: s.OAEP, Spoil: s.Spoil.spoil(),
	}, with.Random)
}

func (f CipherFault) spoil() func([]byte) error {
	at := map[CipherFault]func(n int) int{
		CipherPadding: func(n int) int { return n - 17 }, // CBC: changes the last byte of the plaintext
		CipherContent: func(int) int { return 40 },       // garbles the third block
		CipherTag:     func(n int) int { return n - 1 },
		CipherBit:     func(int) int { return 40 },
	}[f]
	if at == nil {
		return nil
	}
	return func(c []byte) error {
		n := at(len(c))
		if n < 0 || n >= len(c) {
			return errors.New("forge: the ciphertext is too short")
		}
		c[n] ^= 0x80
		return nil
	}
}

// SealedName encrypts the NameID (SAML Core 2.2.4), before anything is signed.
func SealedName() Mutation {
	return before("an EncryptedID for the NameID", func(r *etree.Element, with Context) error {
		if with.SealFor == nil {
			return errors.New("forge: the service provider's metadata has no certificate to encrypt for")
		}
		all := findAll(r, nsAssertion, "Subject")
		if len(all) != 1 {
			return errors.New("forge: there is no Subject")
		}
		name := child(all[0], nsAssertion, "NameID")
		if name == nil {
			return errors.New("forge: there is no NameID to encrypt")
		}
		at, alone := name.Index(), standalone(name)
		all[0].RemoveChildAt(at)
		all[0].InsertChildAt(at, alone)
		return EncryptID(all[0], Encryption{Cert: with.SealFor, Santuario: with.Style.Santuario}, with.Random)
	})
}
