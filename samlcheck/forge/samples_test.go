package forge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

// Two responses with the traits in which the faces differ: prefixes, where
// namespaces are declared, fractions of seconds, order of statements. The
// signatures are placeholders; sign_test.go has real ones.

const oktaLike = `<?xml version="1.0" encoding="UTF-8"?>
<saml2p:Response Destination="https://sp.example/acs" ID="id1" InResponseTo="req-1" IssueInstant="2026-03-01T10:00:00.123Z" Version="2.0" xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol">
<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">http://www.okta.com/exk1</saml2:Issuer>%s
<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>
<saml2:Assertion ID="id2" IssueInstant="2026-03-01T10:00:00.123Z" Version="2.0" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">
<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">http://www.okta.com/exk1</saml2:Issuer>%s
<saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">signer@corp.example</saml2:NameID>
<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData InResponseTo="req-1" NotOnOrAfter="2026-03-01T10:05:00.123Z" Recipient="https://sp.example/acs"/></saml2:SubjectConfirmation></saml2:Subject>
<saml2:Conditions NotBefore="2026-03-01T09:55:00.123Z" NotOnOrAfter="2026-03-01T10:05:00.123Z"><saml2:AudienceRestriction><saml2:Audience>https://sp.example/saml</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>
<saml2:AuthnStatement AuthnInstant="2026-03-01T10:00:00.123Z" SessionIndex="id2"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>
<saml2:AttributeStatement><saml2:Attribute Name="email"><saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">signer@corp.example</saml2:AttributeValue></saml2:Attribute>
<saml2:Attribute Name="department"><saml2:AttributeValue>IT</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement>
</saml2:Assertion></saml2p:Response>`

const entraLike = `<samlp:Response ID="_1" Version="2.0" IssueInstant="2026-03-01T10:00:00Z" Destination="https://sp.example/acs" InResponseTo="req-1" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sts.windows.net/t/</Issuer>%s<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="_2" IssueInstant="2026-03-01T10:00:00Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>https://sts.windows.net/t/</Issuer>%s<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">signer@corp.example</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData InResponseTo="req-1" NotOnOrAfter="2026-03-01T11:00:00Z" Recipient="https://sp.example/acs"/></SubjectConfirmation></Subject><Conditions NotBefore="2026-03-01T09:55:00Z" NotOnOrAfter="2026-03-01T11:00:00Z"><AudienceRestriction><Audience>https://sp.example/saml</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"><AttributeValue>signer@corp.example</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="2026-02-27T10:00:00Z" SessionIndex="_2"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`

const placeholder = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference><ds:DigestValue>QUJDREVGR0g=</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>MTIzNDU2Nzg=</ds:SignatureValue></ds:Signature>`

// sample is one response, signed as asked: "assertion", "response", "both", "".
func sample(t *testing.T, face, signed string) *etree.Element {
	t.Helper()
	text := map[string]string{"okta": oktaLike, "entra": entraLike}[face]
	response, assertion := "", ""
	if signed == "response" || signed == "both" {
		response = placeholder
	}
	if signed == "assertion" || signed == "both" {
		assertion = placeholder
	}
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(fmt.Sprintf(text, response, assertion)))
	return doc.Root()
}

func faces() []string { return []string{"okta", "entra"} }

func context() forge.Context {
	n := 0
	return forge.Context{
		Carry: forge.Identity{
			NameID:  "victim@corp.example",
			Replace: map[string]string{"signer@corp.example": "victim@corp.example"},
		},
		NewID: func() string { n++; return fmt.Sprintf("new-%d", n) },
	}
}

// lines writes a tree as one line for each attribute, text and comment, with
// namespaces for prefixes: two trees with equal lines say the same.
func lines(e *etree.Element, at string) []string {
	at += "/" + map[string]string{"http://www.w3.org/2000/09/xmldsig#": "ds:"}[e.NamespaceURI()] + e.Tag
	out := []string{at}
	for _, a := range e.Attr {
		if a.Space != "xmlns" && a.Key != "xmlns" {
			out = append(out, fmt.Sprintf("%s@%s=%s", at, a.Key, a.Value))
		}
	}
	for _, c := range e.Child {
		switch c := c.(type) {
		case *etree.Element:
			out = append(out, lines(c, at)...)
		case *etree.CharData:
			if s := strings.TrimSpace(c.Data); s != "" {
				out = append(out, at+"="+s)
			}
		case *etree.Comment:
			out = append(out, at+"=<!--"+c.Data+"-->")
		}
	}
	return out
}

// changed lists what stands only in one of the two, "-" before and "+" after,
// with the last two steps of its path.
func changed(before, after []string) []string {
	var out []string
	take := func(sign string, from, without []string) {
		rest := slices.Clone(without)
		for _, l := range from {
			if i := slices.Index(rest, l); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
				continue
			}
			path, value, _ := strings.Cut(l, "=")
			steps := strings.Split(path, "/")
			path = strings.Join(steps[max(0, len(steps)-2):], "/")
			if value != "" {
				path += "=" + value
			}
			out = append(out, sign+path)
		}
	}
	take("-", before, after)
	take("+", after, before)
	return out
}
