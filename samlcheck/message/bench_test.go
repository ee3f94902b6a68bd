package message_test

import (
	"crypto/x509"
	"fmt"
	"net/url"
	"testing"

	"github.com/crewjam/saml"
	"github.com/crewjam/saml/samlsp"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/message"
)

// A response that is signed twice: every signature of it verified, beside what
// crewjam's service provider does with the same bytes.
func BenchmarkVerify(b *testing.B) {
	for _, p := range []idp.Profile{okta.New(okta.Config{}), entra.New(entra.Config{Sign: "both"})} {
		for _, n := range []int{8, 100} {
			i, err := idp.New(p, idp.Options{})
			require.NoError(b, err)
			who := idp.Person{Email: "a@corp.example", Attributes: map[string][]string{}, Only: true}
			for k := range n {
				who.Attributes[fmt.Sprintf("attribute-%03d", k)] = []string{fmt.Sprintf("value of %03d", k)}
			}
			sp := idp.SP{EntityID: "https://sp.example", ACS: []string{"https://sp.example/acs"}}
			sent, err := i.Mint(idp.Reply{Person: who, SP: sp}, "_r", "https://sp.example/acs", nil)
			require.NoError(b, err)
			raw := []byte(sent.XML)
			cert, err := x509.ParseCertificate(i.Certificate())
			require.NoError(b, err)
			certs := []*x509.Certificate{cert}
			meta, err := samlsp.ParseMetadata(i.Metadata())
			require.NoError(b, err)
			acs, err := url.Parse("https://sp.example/acs")
			require.NoError(b, err)
			crewjam := saml.ServiceProvider{EntityID: "https://sp.example", AcsURL: *acs, IDPMetadata: meta}
			for by, op := range map[string]func() error{
				"quick": func() error {
					if len(message.Signed(raw, certs)) != 2 {
						return message.ErrBadSignature
					}
					return nil
				},
				"tree": func() error { return message.VerifyTree(raw, certs) },
				"crewjam": func() error {
					_, err := crewjam.ParseXMLResponse(raw, []string{"_r"}, *acs)
					return err
				},
			} {
				each(b, fmt.Sprintf("by=%s/face=%s/attributes=%d", by, p.Name(), n), op)
			}
		}
	}
}
