package idp_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/internal/cputime"
)

// withAttributes is a person with so many attributes, as the target file gives them.
func withAttributes(n int) idp.Person {
	p := alice()
	p.Attributes, p.Only = map[string][]string{}, true
	for i := range n {
		p.Attributes[fmt.Sprintf("attribute-%03d", i)] = []string{fmt.Sprintf("value of %03d", i)}
	}
	return p
}

// measure runs one operation over and over and reports its CPU time beside the
// wall clock, which other programs disturb.
func measure(b *testing.B, op func() error) time.Duration {
	b.Helper()
	b.ReportAllocs()
	began := cputime.Used()
	for b.Loop() {
		if err := op(); err != nil {
			b.Fatal(err)
		}
	}
	took := cputime.Used() - began
	b.ReportMetric(float64(took)/float64(b.N), "cpu-ns/op")
	return took
}

// twoBare are two bare signatures: what a response signed twice cannot go below.
func twoBare(key *rsa.PrivateKey) func() error {
	sum := sha256.Sum256([]byte("bench"))
	return func() error {
		_, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		_, err2 := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		return errors.Join(err, err2)
	}
}

func BenchmarkBareRSA(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(b, err)
	measure(b, twoBare(key))
}

// each runs a benchmark for both faces with few and many attributes.
func each(b *testing.B, f func(b *testing.B, p idp.Profile, n int)) {
	for _, name := range []string{"okta", "entra"} {
		for _, n := range []int{8, 200} {
			b.Run(fmt.Sprintf("face=%s/attributes=%d", name, n), func(b *testing.B) { f(b, profiles()[name], n) })
		}
	}
}

func warm(b *testing.B, p idp.Profile, n int) (*idp.IdP, idp.Reply) {
	i := open(b, p, "")
	r := idp.Reply{Person: withAttributes(n), SP: service(), Signing: &idp.Signing{Response: true, Assertion: true}}
	for range 3 { // the third is the first by template
		_, err := i.Mint(r, "id-request", acs, nil)
		require.NoError(b, err)
	}
	have, _ := i.Moulds()
	require.Equal(b, 1, have)
	return i, r
}

// A whole response, signed twice, as it goes into the form and the transcript.
// Between any two of them are bare signatures with the same key, so that whatever
// else the machine does falls on both alike; ns/op is of both together. Of two keys
// one may be slower by some hundredths.
func BenchmarkMint(b *testing.B) {
	each(b, func(b *testing.B, p idp.Profile, n int) {
		i, r := warm(b, p, n)
		key, err := i.SigningKey(r, acs)
		require.NoError(b, err)
		bare := twoBare(key)
		var apart time.Duration
		took := measure(b, func() error {
			_, err := i.Mint(r, "id-request", acs, nil)
			began := cputime.Used()
			err = errors.Join(err, bare())
			apart += cputime.Used() - began
			return err
		})
		b.ReportMetric(float64(apart)/float64(b.N), "bare-ns/op")
		b.ReportMetric(float64(took-apart)/float64(b.N), "cpu-ns/op")
	})
}

// The same without the two RSA operations.
func BenchmarkBeyondRSA(b *testing.B) {
	each(b, func(b *testing.B, p idp.Profile, n int) {
		i, r := warm(b, p, n)
		i.WithoutRSA()
		measure(b, func() error {
			_, err := i.Mint(r, "id-request", acs, nil)
			return err
		})
	})
}

// empty signs nothing, and takes no time for it.
type empty struct{ crypto.Signer }

func (empty) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return make([]byte, 256), nil
}

// goxmldsig signs the face's tree twice, as crewjam's identity provider and others
// do it.
func goxmldsig(b *testing.B, p idp.Profile, n int, signer crypto.Signer) {
	ctx, err := dsig.NewSigningContext(signer, [][]byte{open(b, p, "").Certificate()})
	require.NoError(b, err)
	ctx.IdAttribute = "ID"
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	l := idp.Login{
		SP: "https://sp.example", ACS: acs, InResponseTo: "id-request", ResponseID: "_r", AssertionID: "_a",
		Person: withAttributes(n), Signing: idp.Signing{Response: true, Assertion: true}, Now: time.Unix(1767225600, 0),
	}
	measure(b, func() error {
		doc := p.Response(l)
		el := doc.FindElement("//Assertion")
		signed, err := ctx.SignEnveloped(el)
		if err != nil {
			return err
		}
		root := doc.Root()
		root.InsertChildAt(el.Index(), signed)
		root.RemoveChild(el)
		if signed, err = ctx.SignEnveloped(root); err != nil {
			return err
		}
		doc.SetRoot(signed)
		_, err = doc.WriteToBytes()
		return err
	})
}

func BenchmarkGoxmldsig(b *testing.B) {
	each(b, func(b *testing.B, p idp.Profile, n int) {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		require.NoError(b, err)
		goxmldsig(b, p, n, key)
	})
}

func BenchmarkGoxmldsigBeyondRSA(b *testing.B) {
	each(b, func(b *testing.B, p idp.Profile, n int) {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		require.NoError(b, err)
		goxmldsig(b, p, n, empty{key})
	})
}

// crewjam's own identity provider, with as many attributes: of its response it
// signs the assertion.
func BenchmarkCrewjam(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(b, err)
	cert, err := x509.ParseCertificate(open(b, profiles()["okta"], "").Certificate())
	require.NoError(b, err)
	server := saml.IdentityProvider{Key: key, Certificate: cert, SignatureMethod: dsig.RSASHA256SignatureMethod}
	now := time.Unix(1767225600, 0)
	for _, n := range []int{8, 200} {
		b.Run(fmt.Sprintf("attributes=%d", n), func(b *testing.B) {
			statement := saml.AttributeStatement{}
			for i := range n {
				statement.Attributes = append(statement.Attributes, saml.Attribute{
					Name: fmt.Sprintf("attribute-%03d", i), NameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified",
					Values: []saml.AttributeValue{{Type: "xs:string", Value: fmt.Sprintf("value of %03d", i)}},
				})
			}
			measure(b, func() error {
				r := saml.IdpAuthnRequest{
					IDP: &server, Now: now, ACSEndpoint: &saml.IndexedEndpoint{Location: acs},
					SPSSODescriptor: &saml.SPSSODescriptor{}, Request: saml.AuthnRequest{ID: "id-request"},
					Assertion: &saml.Assertion{
						ID: "_a", IssueInstant: now, Version: "2.0", Issuer: saml.Issuer{Value: "https://idp.example"},
						Subject:             &saml.Subject{NameID: &saml.NameID{Format: string(saml.EmailAddressNameIDFormat), Value: "a@acme.example"}},
						AttributeStatements: []saml.AttributeStatement{statement},
					},
				}
				return r.MakeResponse()
			})
		})
	}
}
