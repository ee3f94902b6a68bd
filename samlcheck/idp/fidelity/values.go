package fidelity

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/message"
)

const (
	nsProtocol   = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion  = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsMetadata   = "urn:oasis:names:tc:SAML:2.0:metadata"
	nsSignature  = "http://www.w3.org/2000/09/xmldsig#"
	nsEncryption = "http://www.w3.org/2001/04/xmlenc#"
)

// vendor is a face as it is recognised: by its issuer, else by its prefixes.
type vendor struct {
	face      string
	window    time.Duration // from the reckoned moment to NotOnOrAfter
	santuario bool          // the layout of its encryption
	make      func(issuer string) idp.Profile
}

func vendors() (oktaFace, entraFace vendor) {
	oktaFace = vendor{
		face: "okta", window: 5 * time.Minute, santuario: true,
		make: func(issuer string) idp.Profile { return okta.New(okta.Config{Issuer: issuer}) },
	}
	entraFace = vendor{
		face: "entra", window: time.Hour,
		make: func(issuer string) idp.Profile {
			tenant := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(issuer), "https://sts.windows.net/"), "/")
			return entra.New(entra.Config{Tenant: tenant})
		},
	}
	return oktaFace, entraFace
}

func recognise(root *etree.Element, issuer string) (vendor, error) {
	o, e := vendors()
	switch {
	case strings.HasPrefix(issuer, "http://www.okta.com/"):
		return o, nil
	case strings.HasPrefix(issuer, "https://sts.windows.net/"):
		return e, nil
	case root.Space == "saml2p" || root.Space == "saml2": // an org with an issuer of its own
		return o, nil
	}
	return vendor{}, fmt.Errorf("fidelity: neither Okta's nor Entra's: the issuer is %q and the root element %s", short(issuer), root.FullTag())
}

// reader collects the values of a message, and the first that cannot be read.
type reader struct{ err error }

func (r *reader) instant(e *etree.Element, attribute string) time.Time {
	s, ok := message.Attr(e, attribute)
	if !ok || r.err != nil {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		r.err = fmt.Errorf("fidelity: %s of %s is no instant: %q", attribute, e.FullTag(), short(s))
	}
	return at
}

// login reads from a message what the face needs to say it again. Response and
// assertion may be nil, not both.
func (v vendor) login(response, assertion *etree.Element) (idp.Login, error) {
	r := &reader{}
	l := idp.Login{}
	if response != nil {
		l.ResponseID, _ = message.Attr(response, "ID")
		l.ACS, _ = message.Attr(response, "Destination")
		l.InResponseTo, _ = message.Attr(response, "InResponseTo")
		l.Now = r.instant(response, "IssueInstant")
		l.Signing.Response = signature(response) != nil
	}
	if assertion == nil {
		return l, r.err
	}
	l.AssertionID, _ = message.Attr(assertion, "ID")
	l.Issued = r.instant(assertion, "IssueInstant")
	if response == nil {
		l.Now = l.Issued
	}
	l.Signing.Assertion = signature(assertion) != nil
	l.SP = text(assertion, "Audience")
	v.subject(r, &l, assertion)
	authn := first(assertion, "AuthnStatement")
	l.AuthnInstant = r.instant(authn, "AuthnInstant")
	l.SessionIndex, _ = message.Attr(authn, "SessionIndex")
	l.SessionEnds = r.instant(authn, "SessionNotOnOrAfter")
	l.Context = text(assertion, "AuthnContextClassRef")
	l.Set = attributes(assertion)
	return l, r.err
}

func (v vendor) subject(r *reader, l *idp.Login, assertion *etree.Element) {
	id := first(assertion, "NameID")
	l.NameIDFormat, _ = message.Attr(id, "Format")
	l.Person = idp.Person{NameID: raw(id)}
	data := first(assertion, "SubjectConfirmationData")
	if l.ACS == "" {
		l.ACS, _ = message.Attr(data, "Recipient")
	}
	if l.InResponseTo == "" {
		l.InResponseTo, _ = message.Attr(data, "InResponseTo")
	}
	if until := r.instant(data, "NotOnOrAfter"); !until.IsZero() {
		l.Reckoned = until.Add(-v.window)
	}
}

func attributes(assertion *etree.Element) []idp.Attribute {
	out := []idp.Attribute{}
	for _, e := range message.Descendants(assertion, nsAssertion, "Attribute") {
		a := idp.Attribute{}
		a.Name, _ = message.Attr(e, "Name")
		a.Format, _ = message.Attr(e, "NameFormat")
		for _, v := range message.Children(e, nsAssertion, "AttributeValue") {
			a.Values = append(a.Values, raw(v))
		}
		out = append(out, a)
	}
	return out
}

// sealed reads an EncryptedAssertion.
func sealed(e *etree.Element) forge.Sealed {
	data := message.Child(e, nsEncryption, "EncryptedData")
	keys := message.Descendants(e, nsEncryption, "EncryptedKey")
	s := forge.Sealed{}
	s.DataID, _ = message.Attr(data, "Id")
	s.Data, _ = message.Attr(message.Child(data, nsEncryption, "EncryptionMethod"), "Algorithm")
	s.DataText = raw(message.Child(message.Child(data, nsEncryption, "CipherData"), nsEncryption, "CipherValue"))
	if len(keys) > 0 {
		s.KeyID, _ = message.Attr(keys[0], "Id")
		s.KeyText = raw(message.Child(message.Child(keys[0], nsEncryption, "CipherData"), nsEncryption, "CipherValue"))
		s.Cert = certificate(keys[0])
	}
	return s
}

func certificate(below *etree.Element) []byte {
	for _, c := range message.Descendants(below, nsSignature, "X509Certificate") {
		der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(c.Text()), ""))
		if err == nil {
			return der
		}
	}
	return nil
}

func signature(e *etree.Element) *etree.Element { return message.Child(e, nsSignature, "Signature") }

func first(below *etree.Element, local string) *etree.Element {
	if all := message.Descendants(below, nsAssertion, local); len(all) > 0 {
		return all[0]
	}
	return nil
}

func text(below *etree.Element, local string) string { return raw(first(below, local)) }

// raw is an element's text with its white space: a digest sees that too.
func raw(e *etree.Element) string {
	if e == nil {
		return ""
	}
	d := differ{}
	return d.text(e)
}
