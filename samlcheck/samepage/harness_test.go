package samepage

import (
	"bytes"
	"compress/flate"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/require"
)

const (
	testBase = "http://127.0.0.1:9999"
	testIdP  = "https://idp.example/saml"
	known    = "known@corp.example"
	fresh    = "fresh@corp.example"
)

// Keys are costly under the race detector: three for all the tests.
var (
	spKey    = sync.OnceValue(newKey)
	idpKey   = sync.OnceValue(newKey)
	otherKey = sync.OnceValue(newKey)
	idpCert  = sync.OnceValue(func() *x509.Certificate { return newCert(idpKey()) })
)

func newCert(k *rsa.PrivateKey) *x509.Certificate {
	c, err := selfSigned(k, "idp.example", time.Now())
	if err != nil {
		panic(err)
	}
	return c
}

func newKey() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
}

// face is the test's IdP: what a response says, and how it is signed.
type face struct {
	entra        bool
	id, respID   string
	issuer       string
	email        string
	attrs        map[string]string
	now          time.Time
	audience     string
	recipient    string
	destination  string
	notOnOrAfter time.Time
	inResponseTo string
	status       string
	key          *rsa.PrivateKey
	cert         *x509.Certificate
	sign         string                // "assertion", "response", "both", "none"
	before       func(*etree.Document) // changes before signing
	after        func(*etree.Document) // changes after signing
}

func good(t *testing.T, email string) *face {
	t.Helper()
	now := time.Now().UTC()
	return &face{
		id: "id" + randomToken(), respID: "id" + randomToken(), issuer: testIdP, email: email, now: now,
		audience: testBase + "/saml/metadata", recipient: testBase + "/saml/acs", destination: testBase + "/saml/acs",
		notOnOrAfter: now.Add(5 * time.Minute), key: idpKey(), cert: idpCert(), sign: "assertion",
		status: "urn:oasis:names:tc:SAML:2.0:status:Success",
		attrs:  map[string]string{"firstName": "Kim", "lastName": "Sample", "email": email},
	}
}

const oktaShape = `<saml2p:Response Destination="{dest}" ID="{rid}" {irt} IssueInstant="{now}" Version="2.0" xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:xs="http://www.w3.org/2001/XMLSchema"><saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml2:Issuer><saml2p:Status><saml2p:StatusCode Value="{status}"/></saml2p:Status><saml2:Assertion ID="{id}" IssueInstant="{now}" Version="2.0" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema"><saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{issuer}</saml2:Issuer><saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{email}</saml2:NameID><saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData {irt} NotOnOrAfter="{until}" Recipient="{rcpt}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{from}" NotOnOrAfter="{until}"><saml2:AudienceRestriction><saml2:Audience>{aud}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{now}" SessionIndex="{id}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement>{attrs}</saml2:AttributeStatement></saml2:Assertion></saml2p:Response>`

const entraShape = `<samlp:Response ID="{rid}" Version="2.0" IssueInstant="{now}" Destination="{dest}" {irt} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</Issuer><samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status><Assertion ID="{id}" IssueInstant="{now}" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>{issuer}</Issuer><Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{email}</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData {irt} NotOnOrAfter="{until}" Recipient="{rcpt}"/></SubjectConfirmation></Subject><Conditions NotBefore="{from}" NotOnOrAfter="{until}"><AudienceRestriction><Audience>{aud}</Audience></AudienceRestriction></Conditions><AttributeStatement>{attrs}</AttributeStatement><AuthnStatement AuthnInstant="{now}" SessionIndex="{id}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`

// xml writes and signs the response.
func (f *face) xml(t *testing.T) string {
	t.Helper()
	stamp := func(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }
	shape, attr := oktaShape, `<saml2:Attribute Name="%s" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"><saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">%s</saml2:AttributeValue></saml2:Attribute>`
	if f.entra {
		shape, attr = entraShape, `<Attribute Name="%s"><AttributeValue>%s</AttributeValue></Attribute>`
	}
	var attrs, irt string
	for k, v := range f.attrs {
		attrs += fmt.Sprintf(attr, k, v)
	}
	if f.inResponseTo != "" {
		irt = `InResponseTo="` + f.inResponseTo + `"`
	}
	filled := strings.NewReplacer("{dest}", f.destination, "{rid}", f.respID, "{id}", f.id, "{irt}", irt,
		"{now}", stamp(f.now), "{from}", stamp(f.now.Add(-5*time.Minute)), "{until}", stamp(f.notOnOrAfter),
		"{issuer}", f.issuer, "{status}", f.status, "{email}", f.email, "{rcpt}", f.recipient, "{aud}", f.audience,
		"{attrs}", attrs).Replace(shape)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(filled))
	if f.before != nil {
		f.before(doc)
	}
	if f.sign == "assertion" || f.sign == "both" {
		f.signElement(t, doc.FindElement("//Assertion"))
	}
	if f.sign == "response" || f.sign == "both" {
		f.signElement(t, doc.Root())
	}
	if f.after != nil {
		f.after(doc)
	}
	out, err := doc.WriteToString()
	require.NoError(t, err)
	return out
}

// signElement puts a signature after Issuer, by hand: Okta lists "xs" as an
// inclusive prefix for what is signed, but not for SignedInfo, which
// goxmldsig's own signing cannot do. SignedInfo is written in canonical form.
func (f *face) signElement(t *testing.T, el *etree.Element) {
	t.Helper()
	list, prefixes := "", ""
	if !f.entra {
		list, prefixes = `<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="xs"></ec:InclusiveNamespaces>`, "xs"
	}
	alone, err := detach(el)
	require.NoError(t, err)
	canonical, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixes).Canonicalize(alone)
	require.NoError(t, err)
	digest := sha256.Sum256(canonical)
	info := `<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#` +
		el.SelectAttrValue("ID", "") + `"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">` + list +
		`</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>` +
		base64.StdEncoding.EncodeToString(digest[:]) + `</ds:DigestValue></ds:Reference></ds:SignedInfo>`
	hash := sha256.Sum256([]byte(info))
	value, err := rsa.SignPKCS1v15(nil, f.key, crypto.SHA256, hash[:])
	require.NoError(t, err)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(`<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">`+info+
		`<ds:SignatureValue>`+base64.StdEncoding.EncodeToString(value)+`</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>`+
		base64.StdEncoding.EncodeToString(f.cert.Raw)+`</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`))
	el.InsertChildAt(child(el, nsAssertion, "Issuer").Index()+1, doc.Root())
}

func idpMetadata(t *testing.T) []byte {
	t.Helper()
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="` + testIdP +
		`" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>` +
		base64.StdEncoding.EncodeToString(idpCert().Raw) +
		`</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`)
}

// newServer makes a workspace with the test's IdP and the known member.
func newServer(t *testing.T, o Options) *Server {
	t.Helper()
	o.BaseURL, o.Key = testBase, spKey()
	if o.AdminToken == "" {
		o.AdminToken = "the-token"
	}
	s, err := New(o)
	require.NoError(t, err)
	require.NoError(t, s.AddIdP(idpMetadata(t)))
	require.NoError(t, s.Invite(known, RoleMember))
	return s
}

// rest is where a visit came to rest.
type rest struct {
	url    string
	status int
	body   string
	header http.Header
	hops   []string // "303 /home"
}

// jar is a browser: cookies, and following redirects on the workspace itself.
type jar struct {
	s       *Server
	cookies map[string]string
}

func newJar(s *Server) *jar { return &jar{s: s, cookies: map[string]string{}} }

func (b *jar) do(r *http.Request) rest {
	var hops []string
	for range 10 {
		for k, v := range b.cookies {
			r.AddCookie(&http.Cookie{Name: k, Value: v})
		}
		w := httptest.NewRecorder()
		b.s.ServeHTTP(w, r)
		answer := w.Result()
		for _, c := range answer.Cookies() {
			b.cookies[c.Name] = c.Value
			if c.MaxAge < 0 {
				delete(b.cookies, c.Name)
			}
		}
		raw, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		to := answer.Header.Get("Location")
		if to == "" || strings.HasPrefix(to, "https:") {
			return rest{url: r.URL.String() + to, status: answer.StatusCode, body: string(raw), header: answer.Header, hops: hops}
		}
		hops = append(hops, fmt.Sprint(answer.StatusCode, " ", to))
		path, _, _ := strings.Cut(to, "#") // fragments stay in the browser
		r = httptest.NewRequest(http.MethodGet, path, nil)
	}
	return rest{status: -1, hops: hops}
}

func (b *jar) get(path string) rest { return b.do(httptest.NewRequest(http.MethodGet, path, nil)) }

func (b *jar) form(path string, form url.Values) rest {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

func (b *jar) send(raw string) rest {
	return b.form("/saml/acs", url.Values{
		"SAMLResponse": {base64.StdEncoding.EncodeToString([]byte(raw))}, "RelayState": {"whatever"}})
}

// begin starts an SP-initiated login, and tells the ID of the request.
func (b *jar) begin(t *testing.T) (id, relay string) {
	t.Helper()
	at := b.get("/login/sso")
	where, err := url.Parse(at.header.Get("Location"))
	require.NoError(t, err)
	packed, err := base64.StdEncoding.DecodeString(where.Query().Get("SAMLRequest"))
	require.NoError(t, err)
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	require.NoError(t, err)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(raw))
	return doc.Root().SelectAttrValue("ID", ""), where.Query().Get("RelayState")
}

// isIn asks the workspace itself who is signed in.
func (b *jar) isIn() string {
	me := b.get("/api/me")
	if me.status != http.StatusOK {
		return ""
	}
	return me.body
}

// login is one IdP-initiated login in a new browser.
func login(t *testing.T, s *Server, f *face) (*jar, rest) {
	t.Helper()
	b := newJar(s)
	return b, b.send(f.xml(t))
}
