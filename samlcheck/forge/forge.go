// Package forge spoils a good SAML response in one named way at a time, and
// signs: well, or with a key that nobody trusts.
//
// A mutation that finds nothing to change is an error: it would turn a
// negative test into a clean login.
package forge

import (
	"crypto/rsa"
	"io"

	"github.com/beevik/etree"
)

// Stage says when a mutation is applied.
type Stage int

// Stages.
const (
	BeforeSigning Stage = iota // the lie is signed: tests the SP's rules
	Signing                    // the signature itself is made otherwise: a foreign key, none
	AfterSigning               // the signed bytes are changed or moved: tests the SP's cryptography
	Written                    // the text is changed: tests the SP's parser
)

// A Mutation is one deliberate fault. Its Name identifies it: two mutations of
// one name do the same thing.
type Mutation struct {
	Name  string
	Stage Stage
	Apply func(response *etree.Element, with Context) error // for the stages before and after signing
	Sign  SignFault                                         // for Stage Signing
	Text  func(xml []byte, with Context) ([]byte, error)    // for Stage Written
	Calls bool                                              // it needs Context.CallBack
	// Answers: it takes away what only the answer to a request has.
	Answers bool
}

// Context is what a mutation may use besides the response.
type Context struct {
	// Carry is the e-mail address or name that the forged part shall name: the
	// victim's NameID and attributes replace the signer's. Zero when not asked for.
	Carry Identity
	NewID func() string // fresh ids in the face's own shape

	Own      Signer    // the trusted key: for what only who holds it could send
	Foreign  Signer    // a key that nobody trusts; its certificate says who it is
	Style    Style     // how this face signs
	SealFor  []byte    // DER: the service provider's encryption certificate; nil when it has none
	Random   io.Reader // for encryption
	CallBack string    // an address of the harness's own that counts who asks it; "" when there is none
}

// Signer is a key and the certificate (DER) that goes with it.
type Signer struct {
	Key  *rsa.PrivateKey
	Cert []byte
}

// Identity is what an assertion says about a person: the NameID, and every
// attribute value of the signer that must become the victim's.
type Identity struct {
	NameID  string
	Replace map[string]string // exact attribute value of the signer -> value of the victim
}

// SignFault says how the signature is made otherwise.
type SignFault int

// Sign faults.
const (
	SignWell    SignFault = iota
	SignNothing           // leave out every signature
	SignForeign           // by a key that nobody trusts, its own certificate in KeyInfo
	SignMasked            // by a key that nobody trusts, the trusted certificate in KeyInfo
)

// FindAll returns every element below r (r included) with the given local name,
// in document order, whatever its prefix.
func FindAll(r *etree.Element, local string) []*etree.Element {
	var out []*etree.Element
	if r.Tag == local {
		out = append(out, r)
	}
	for _, c := range r.ChildElements() {
		out = append(out, FindAll(c, local)...)
	}
	return out
}
