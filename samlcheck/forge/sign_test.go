package forge_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

func styles() map[string]forge.Style {
	return map[string]forge.Style{
		"okta":  {Prefix: "ds", Inclusive: "xs", Wrap: 76},
		"entra": {},
	}
}

func keyPair(t *testing.T) (*rsa.PrivateKey, []byte) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, &key.PublicKey, key)
	require.NoError(t, err)
	return key, der
}

// both signs the assertion and then the response around it.
func both(t *testing.T, r *etree.Element, key *rsa.PrivateKey, der []byte, s forge.Style) *etree.Element {
	t.Helper()
	require.NoError(t, forge.Sign(forge.FindAll(r, "Assertion")[0], key, der, s))
	require.NoError(t, forge.Sign(r, key, der, s))
	return reread(t, r)
}

func TestSignedByOneVerifiedByOthers(t *testing.T) {
	t.Parallel()
	key, der := keyPair(t)
	for face, style := range styles() {
		for _, sha1 := range []bool{false, true} {
			t.Run(face, func(t *testing.T) {
				t.Parallel()
				style := style
				style.SHA1 = sha1
				r := both(t, sample(t, face, ""), key, der, style)
				for _, name := range []string{"Response", "Assertion"} {
					e := forge.FindAll(r, name)[0]
					require.NoError(t, forge.VerifyDER(e, der), "ours")
					require.NoError(t, goxmldsig(t, e, der), "goxmldsig")
					xmlsec(t, r, e.SelectAttrValue("ID", ""), der)
				}
			})
		}
	}
}

// goxmldsig is that library's own verification, as service providers use it.
func goxmldsig(t *testing.T, e *etree.Element, der []byte) error {
	t.Helper()
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{cert}})
	ctx.IdAttribute = "ID"
	_, err = ctx.Validate(e.Copy())
	return err
}

// xmlsec asks the C library that most service providers outside of Go and Java
// build on.
func xmlsec(t *testing.T, r *etree.Element, id string, der []byte) {
	t.Helper()
	program, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not installed (Debian: apt-get install xmlsec1)")
	}
	dir := t.TempDir()
	doc := etree.NewDocument()
	doc.SetRoot(r.Copy())
	file, cert := filepath.Join(dir, "message.xml"), filepath.Join(dir, "cert.pem")
	require.NoError(t, doc.WriteToFile(file))
	require.NoError(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	out, err := exec.CommandContext(t.Context(), program, "--verify", "--insecure", "--pubkey-cert-pem", cert,
		"--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion",
		"--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response",
		"--node-xpath", "//*[@ID='"+id+"']/*[local-name()='Signature']", file).CombinedOutput()
	assert.NoError(t, err, string(out))
}

func TestSignatureStandsBehindTheIssuer(t *testing.T) {
	t.Parallel()
	key, der := keyPair(t)
	for face, style := range styles() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			r := sample(t, face, "")
			before := lines(r, "")
			assertion := forge.FindAll(r, "Assertion")[0]
			require.NoError(t, forge.Sign(assertion, key, der, style))
			assert.Equal(t, "Issuer", assertion.ChildElements()[0].Tag)
			sig := assertion.ChildElements()[1]
			assert.Equal(t, "Signature", sig.Tag)
			assert.Equal(t, style.Prefix, sig.Space)
			in := forge.FindAll(sig, "InclusiveNamespaces")
			assert.Len(t, in, map[string]int{"okta": 1, "entra": 0}[face])
			wrapped := strings.Contains(forge.FindAll(sig, "X509Certificate")[0].Text(), "\n")
			assert.Equal(t, face == "okta", wrapped)

			assertion.RemoveChild(sig)
			assert.Equal(t, before, lines(r, ""), "nothing else was touched")
		})
	}
}

// No attribute values with types, no InclusiveNamespaces: Okta's own rule.
func TestInclusiveNamespacesOnlyForTypedValues(t *testing.T) {
	t.Parallel()
	key, der := keyPair(t)
	r := sample(t, "okta", "")
	assertion := forge.FindAll(r, "Assertion")[0]
	assertion.RemoveChild(forge.FindAll(assertion, "AttributeStatement")[0])
	require.NoError(t, forge.Sign(assertion, key, der, styles()["okta"]))
	assert.Empty(t, forge.FindAll(assertion, "InclusiveNamespaces"))
	assert.NoError(t, forge.VerifyDER(reread(t, assertion), der))
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	key, der := keyPair(t)
	_, other := keyPair(t)
	for face, style := range styles() {
		signed := both(t, sample(t, face, ""), key, der, style)
		for name, spoil := range map[string]func(r, a *etree.Element){
			"changed value":    func(_, a *etree.Element) { forge.FindAll(a, "NameID")[0].SetText("victim@corp.example") },
			"no signature":     func(_, a *etree.Element) { a.RemoveChild(forge.FindAll(a, "Signature")[0]) },
			"two signatures":   func(_, a *etree.Element) { a.AddChild(forge.FindAll(a, "Signature")[0].Copy()) },
			"other reference":  func(r, a *etree.Element) { ref(a).CreateAttr("URI", "#"+r.SelectAttrValue("ID", "")) },
			"whole document":   func(_, a *etree.Element) { ref(a).CreateAttr("URI", "") },
			"two references":   func(_, a *etree.Element) { ref(a).Parent().AddChild(ref(a).Copy()) },
			"the same id":      func(r, a *etree.Element) { r.AddChild(a.Copy()) },
			"a type's prefix":  func(_, a *etree.Element) { a.CreateAttr("xmlns:xs", "urn:other") },
			"signature's text": func(_, a *etree.Element) { forge.FindAll(a, "SignatureValue")[0].SetText("AAAA") },
		} {
			if name == "a type's prefix" && face != "okta" {
				continue
			}
			t.Run(face+"/"+name, func(t *testing.T) {
				t.Parallel()
				r := signed.Copy()
				a := forge.FindAll(r, "Assertion")[0]
				require.NoError(t, forge.VerifyDER(a, der))
				spoil(r, a)
				assert.Error(t, forge.VerifyDER(a, der))
			})
		}
		assert.ErrorContains(t, forge.VerifyDER(signed, other), "does not verify")
		assert.ErrorContains(t, forge.VerifyDER(signed), "no certificate")
		assert.NoError(t, forge.VerifyDER(signed, other, der), "any of several keys")
	}
}

func ref(a *etree.Element) *etree.Element { return forge.FindAll(a, "Reference")[0] }

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	key, der := keyPair(t)
	e := etree.NewElement("Assertion")
	assert.ErrorContains(t, forge.Sign(e, key, der, forge.Style{}), "no ID")
	e.CreateAttr("ID", "x")
	assert.ErrorContains(t, forge.Sign(e, nil, der, forge.Style{}), "no key")
	assert.Empty(t, e.Child, "a failed signing leaves nothing behind")
}
