package idp

import (
	"fmt"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// Admin is what an administrator has set up that a face alone cannot do.
type Admin struct {
	RelayState string // sent with an IdP-initiated response that has none
	Encrypt    bool   // assertions, with SP.Encryption
	Data       string // the algorithm for that; "" is the face's default
	Indexed    bool   // a request may name its AssertionConsumerService by index
}

// eachAssertion does the same to each assertion of a response, in this order; what
// is nil is left out.
func eachAssertion(response *etree.Element, each ...func(*etree.Element) error) error {
	for _, c := range response.ChildElements() {
		if c.Tag != "Assertion" {
			continue
		}
		for _, do := range each {
			if do == nil {
				continue
			}
			if err := do(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// seal encrypts an assertion for the service provider.
func (i *IdP) seal(assertion *etree.Element, sp SP) error {
	if len(sp.Encryption) == 0 {
		return fmt.Errorf("idp: the app encrypts assertions, and %s gave no certificate for that: its metadata needs a KeyDescriptor for encryption", sp.EntityID)
	}
	return forge.Encrypt(assertion, forge.Encryption{
		Cert: sp.Encryption, Data: i.profile.Admin().Data, Santuario: i.profile.Style().Santuario,
	}, i.rand)
}

// EncryptionOf is the certificate for which a service provider wants assertions
// encrypted, as DER: one that is for nothing else, before one that is for all.
// Nil when its metadata has none.
func EncryptionOf(doc *metadata.Doc) []byte {
	var der []byte
	for _, c := range doc.Certificates(doc.SP(), "encryption") {
		switch {
		case c.Cert == nil:
		case c.Use == "encryption":
			return c.DER
		case der == nil:
			der = c.DER
		}
	}
	return der
}

// unsealable refuses faults that are made after signing. Where the assertion is
// encrypted they would reach the outer signature alone, and a service provider
// that rests on the inner one would be blamed for nothing.
func unsealable(ms []forge.Mutation) error {
	for _, m := range ms {
		if m.Stage == forge.AfterSigning || m.Stage == forge.Written {
			return fmt.Errorf("idp: %q is not forged where the assertion is encrypted: turn encrypt off for this question", m.Name)
		}
	}
	return nil
}

// relayState is what goes with a response: the request's own; without a request,
// what the start was given, else the app's default.
func (i *IdP) relayState(a asked) *string {
	if v := i.profile.Admin().RelayState; a.relay == nil && a.id == "" && v != "" {
		return &v
	}
	return a.relay
}

// relay is the relay state that goes with the response, nil where none does.
func (m *Minted) relay() *string {
	if !m.Sent.HasRelayState {
		return nil
	}
	return &m.Sent.RelayState
}

// indexed puts the URL into the request that its AssertionConsumerServiceIndex
// stands for, where the vendor honours one and no URL is named (SAML Core 3.4.1).
func (i *IdP) indexed(r *message.AuthnRequest, sp SP) *Refusal {
	if !i.profile.Admin().Indexed || r.ACSURL != "" || r.ACSIndex == "" {
		return nil
	}
	to, ok := sp.Indexes[r.ACSIndex]
	if !ok {
		return &Refusal{
			Kind: WrongACS, Issuer: r.Issuer,
			Detail: fmt.Sprintf("the request's AssertionConsumerServiceIndex %q is none of the app's", r.ACSIndex),
		}
	}
	r.ACSURL = to
	return nil
}

// IndexesOf are the AssertionConsumerService URLs of a service provider by their
// index, of those that take HTTP-POST.
func IndexesOf(doc *metadata.Doc) map[string]string {
	out := map[string]string{}
	for _, e := range doc.ACS() {
		if e.Index != "" && e.Binding == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" {
			out[e.Index] = e.Location
		}
	}
	return out
}
