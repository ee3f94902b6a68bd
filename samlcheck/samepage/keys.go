package samepage

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"math/big"
	"net/http"
	"time"

	"github.com/crewjam/saml"
)

// selfSigned makes the certificate that the metadata carries. IdPs use it as a
// wrapping for the key, so nobody needs to have signed it.
func selfSigned(key *rsa.PrivateKey, host string, now time.Time) (*x509.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		Subject:      pkix.Name{CommonName: host, Organization: []string{"samlcheck stand-in for Samepage"}},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.AddDate(3, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("samepage: make certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("samepage: read own certificate: %w", err)
	}
	return cert, nil
}

// provider is crewjam's idea of this SP, for one IdP (it knows only one).
func (s *Server) provider(idp *saml.EntityDescriptor) saml.ServiceProvider {
	metadata, acs := *s.base, *s.base
	metadata.Path, acs.Path = "/saml/metadata", "/saml/acs"
	return saml.ServiceProvider{
		EntityID: s.at("/saml/metadata"), Key: s.key, Certificate: s.cert,
		MetadataURL: metadata, AcsURL: acs, IDPMetadata: idp,
		AuthnNameIDFormat: saml.EmailAddressNameIDFormat,
	}
}

// metadata answers with good metadata. What crewjam makes lacks the signing
// key as long as requests are not signed, and offers an artifact binding that
// this SP does not speak.
func (s *Server) metadata(w http.ResponseWriter, r *http.Request) {
	if s.withoutSSO(w, r) {
		return
	}
	sp := s.provider(nil)
	doc := sp.Metadata()
	doc.ValidUntil = s.opt.Now().AddDate(1, 0, 0).UTC().Truncate(time.Second)
	role := &doc.SPSSODescriptors[0]
	role.ValidUntil = nil
	signing := saml.KeyDescriptor{Use: "signing", KeyInfo: saml.KeyInfo{X509Data: saml.X509Data{
		X509Certificates: []saml.X509Certificate{{Data: base64.StdEncoding.EncodeToString(s.cert.Raw)}},
	}}}
	role.KeyDescriptors = append([]saml.KeyDescriptor{signing}, role.KeyDescriptors...)
	standard := true
	role.AssertionConsumerServices = role.AssertionConsumerServices[:1]
	role.AssertionConsumerServices[0].IsDefault = &standard
	role.SingleLogoutServices = nil
	if s.opt.SLO && !s.sloFlawed(SLOUndeclared) {
		role.SingleLogoutServices = []saml.Endpoint{
			{Binding: saml.HTTPRedirectBinding, Location: s.at(pathSLO)}, {Binding: saml.HTTPPostBinding, Location: s.at(pathSLO)},
		}
	}
	doc.Organization = &saml.Organization{
		OrganizationNames:        []saml.LocalizedName{{Lang: "en", Value: "samlcheck stand-in"}},
		OrganizationDisplayNames: []saml.LocalizedName{{Lang: "en", Value: "samlcheck's stand-in for Samepage"}},
		OrganizationURLs:         []saml.LocalizedURI{{Lang: "en", Value: s.at("/")}},
	}
	doc.ContactPerson = &saml.ContactPerson{
		ContactType: "technical", Company: "samlcheck", EmailAddresses: []string{"mailto:admin@samepage.example"},
	}
	raw, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		s.page(w, r, http.StatusNotFound, "plain", view{Title: "Not found", Text: "There is no metadata."})
		return
	}
	w.Header().Set("Content-Type", "application/samlmetadata+xml")
	comment := "<!-- samlcheck's stand-in for Samepage: this is not the vendor's metadata -->\n"
	_, _ = w.Write([]byte(xml.Header + comment + string(raw) + "\n"))
}
