package idp

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"
)

// tenantKeys is how many keys a tenant's generic metadata lists: three or four in
// those that were seen.
const tenantKeys = 3

// A Tenanted Profile's vendor publishes a second document: generic metadata of
// the whole tenant, signed by and listing keys of the tenant, and not the key
// that signs this app's responses. A service provider that was given it trusts
// no response of the app.
type Tenanted interface {
	// GenericURL is where the vendor serves it: MetadataURL without what names
	// the app.
	GenericURL() string
	// TenantCertificate is Certificate for the keys of the tenant.
	TenantCertificate(key *rsa.PrivateKey, now time.Time) ([]byte, error)
	// GenericMetadata renders the exact bytes. The first key signs; the further
	// certificates, DER, are listed after its own.
	GenericMetadata(first Signer, more ...[]byte) ([]byte, error)
}

// ErrNoGeneric is the error where the vendor has no generic metadata.
var ErrNoGeneric = errors.New("idp: this face has no generic metadata: Entra has")

// GenericMetadata is the tenant's document, of a Tenanted face; ErrNoGeneric of
// another. It does not hold the certificate that verifies the app's responses.
// The tenant's keys are made when it is first asked for, and kept in the state
// folder like the app's.
func (i *IdP) GenericMetadata() ([]byte, error) {
	raw, err := i.generic()
	return append([]byte(nil), raw...), err
}

func (i *IdP) makeGeneric() ([]byte, error) {
	p, ok := i.profile.(Tenanted)
	if !ok {
		return nil, ErrNoGeneric
	}
	var signers []Signer
	var more [][]byte
	for n := range tenantKeys {
		s, err := i.tenantKey(p, n+1)
		if err != nil {
			return nil, err
		}
		if signers = append(signers, s); n > 0 {
			more = append(more, s.Cert)
		}
	}
	return p.GenericMetadata(signers[0], more...)
}

func (i *IdP) tenantKey(p Tenanted, n int) (Signer, error) {
	fresh := func() (Signer, error) { return signerWith(p.TenantCertificate, i.now()) }
	if i.state == "" {
		return fresh()
	}
	return kept(i.state, filepath.Base(i.keyPath(fmt.Sprintf("tenant-%d", n))), fresh)
}

// metadataAt is the document that a request for the vendor's own metadata path
// asks for: the tenant's where nothing in it names the app.
func (i *IdP) metadataAt(asked *url.URL) ([]byte, error) {
	if _, ok := i.profile.(Tenanted); !ok {
		return i.Metadata(), nil
	}
	own, err := url.Parse(i.profile.MetadataURL())
	if err != nil {
		return nil, fmt.Errorf("idp: %w", err)
	}
	for name := range own.Query() {
		if asked.Query().Has(name) {
			return i.Metadata(), nil
		}
	}
	return i.GenericMetadata()
}
