package idp

import (
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// refuse is the vendor's page, with the time and the ids that it shows.
func (i *IdP) refuse(no Refusal) (status int, page []byte) {
	no.At = i.now().UTC()
	no.RequestID, no.Correlation = i.guid(), i.guid()
	return i.profile.Refuse(no)
}

// guid is a random GUID; without randomness it is one that is seen to be none.
func (i *IdP) guid() string {
	seed := make([]byte, 24)
	if _, err := io.ReadFull(i.rand, seed); err != nil {
		return "00000000-0000-0000-0000-000000000000"
	}
	b := sha256.Sum256(seed)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// app is the service provider with what the reply says of it.
func (r Reply) app() SP {
	sp := r.SP
	if r.NameIDFormat != "" {
		sp.NameIDFormat = r.NameIDFormat
	}
	return sp
}

// A Launcher is a Profile whose vendor may refuse an IdP-initiated start.
type Launcher interface {
	// Launches says why, nil when the vendor starts the login.
	Launches(SP) *Refusal
}

func (i *IdP) launches(sp SP) *Refusal {
	if l, ok := i.profile.(Launcher); ok {
		return l.Launches(sp)
	}
	return nil
}

// signedBy verifies a request where the app asks for signed ones: a signature
// that nobody asked for is not looked at, by either vendor.
func (i *IdP) signedBy(req *message.AuthnRequest, m *transcript.Message, sp SP) *Refusal {
	if !sp.RequireSigned {
		return nil
	}
	err := verify(m, req.Signature, sp.Certs)
	if err == nil {
		return nil
	}
	no := &Refusal{Kind: BadSignature, Issuer: req.Issuer, ACS: req.ACSURL, Detail: err.Error()}
	if errors.Is(err, message.ErrUnsigned) {
		no.Kind, no.Detail = Unsigned, "the app wants signed requests, and this one is not signed"
	}
	return no
}

// verify checks a message's signature with the sender's certificates, in the way
// of its binding. Only SHA-2 counts: Entra says so, and of Okta nothing else is
// known.
func verify(m *transcript.Message, enveloped *message.Signature, certs [][]byte) error {
	var keys []*x509.Certificate
	for _, der := range certs {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return fmt.Errorf("idp: the service provider's certificate: %w", err)
		}
		keys = append(keys, c)
	}
	const sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
	if m.Binding == "HTTP-Redirect" {
		alg, err := message.VerifyRedirectSignature(m.Query, keys)
		if err == nil && alg == sha1 {
			return fmt.Errorf("idp: signed with %s: only SHA-2 is taken", sha1)
		}
		return err
	}
	if err := message.VerifyEnveloped([]byte(m.XML), keys); err != nil {
		return err
	}
	if enveloped != nil && enveloped.SignatureAlgorithm == sha1 {
		return fmt.Errorf("idp: signed with %s: only SHA-2 is taken", sha1)
	}
	return nil
}
