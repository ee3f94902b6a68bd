package entra

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/idp"
)

var _ idp.Tenanted = (*Profile)(nil)

// GenericURL implements idp.Tenanted: the metadata's URL without an appid.
func (p *Profile) GenericURL() string {
	before, _, _ := strings.Cut(p.MetadataURL(), "?")
	return before
}

// GenericMetadata implements idp.Tenanted. Names, endpoints and layout are those
// of the app's metadata; the keys are the tenant's, the first of which signs.
// Recorded ones list three or four, and never an app's. [S]
func (p *Profile) GenericMetadata(first idp.Signer, more ...[]byte) ([]byte, error) {
	return p.publish(first, slices.Concat([][]byte{first.Cert}, more))
}

// TenantCertificate implements idp.Tenanted: another subject than an app's, five
// years, and with extensions [S]; that it is the subject key identifier is [G].
func (p *Profile) TenantCertificate(key *rsa.PrivateKey, now time.Time) ([]byte, error) {
	id := sha256.Sum256(x509.MarshalPKCS1PublicKey(&key.PublicKey))
	return certify(key, now, x509.Certificate{
		Subject: pkix.Name{CommonName: "accounts.accesscontrol.windows.net"}, SubjectKeyId: id[:20],
	}, 5)
}
