// Package entra makes the mock identity provider look like Microsoft Entra ID
// on the wire.
//
// The invariants were measured on recorded responses and federation metadata of
// Entra tenants (design wire.md, part B): default namespaces, order of elements
// and attributes, ids, windows, claims, certificates. A few facts that nothing
// public confirms are marked [G] where they stand.
//
// It composes. It never signs responses, serves or breaks anything; only its
// metadata is signed, as Entra's is.
package entra

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
)

// Tenant is the tenant of the default configuration.
const Tenant = "8e4dae73-0000-4000-8000-000000000000"

// Config is one enterprise application in one Entra tenant.
type Config struct {
	Tenant   string // GUID; Tenant when empty
	AppID    string // GUID of the application; derived from the tenant when empty
	Sign     string // "assertion" (Entra's default, and when empty), "response", "both"
	BaseURL  string // where it listens; "" is https://login.entra.example, routed inside the process
	SHA1     bool   // rsa-sha1, which an administrator can still choose
	Settings        // what else the administrator of the app has set
}

// Profile is the Entra face. Make it with New.
type Profile struct {
	base, tenant, app string
	sign              idp.Signing
	sha1              bool
	set               Settings
}

var _ idp.Profile = (*Profile)(nil)

// New returns the face of one application.
func New(c Config) *Profile {
	p := &Profile{
		tenant: c.Tenant, app: c.AppID, base: strings.TrimSuffix(c.BaseURL, "/"),
		sign: idp.Signing{Assertion: true}, sha1: c.SHA1, set: c.Settings,
	}
	if p.tenant == "" {
		p.tenant = Tenant
	}
	if p.app == "" {
		p.app = guid([]byte("app of " + p.tenant))
	}
	if p.base == "" {
		p.base = "https://login.entra.example"
	}
	switch c.Sign {
	case "response":
		p.sign = idp.Signing{Response: true}
	case "both":
		p.sign = idp.Signing{Response: true, Assertion: true}
	}
	return p
}

// Name implements idp.Profile.
func (p *Profile) Name() string { return "entra" }

// EntityID implements idp.Profile. The slash at the end is part of it.
func (p *Profile) EntityID() string { return "https://sts.windows.net/" + p.tenant + "/" }

// SSO implements idp.Profile.
func (p *Profile) SSO() string { return p.base + "/" + p.tenant + "/saml2" }

// Launch implements idp.Profile: the user access URL.
func (p *Profile) Launch() string {
	return p.base + "/api/signin/" + p.app + "?tenantId=" + p.tenant
}

// MetadataURL implements idp.Profile: of this application, not of the tenant.
func (p *Profile) MetadataURL() string {
	return p.base + "/" + p.tenant + "/federationmetadata/2007-06/federationmetadata.xml?appid=" + p.app
}

// At implements idp.Profile.
func (p *Profile) At(baseURL string) idp.Profile {
	moved := *p
	moved.base = strings.TrimSuffix(baseURL, "/")
	return &moved
}

// Signing implements idp.Profile.
func (p *Profile) Signing() idp.Signing { return p.sign }

// Style implements idp.Profile.
func (p *Profile) Style() forge.Style { return forge.Style{SHA1: p.sha1} }

// NewID implements idp.Profile: an underscore and a GUID in lower case.
func (p *Profile) NewID(seed []byte) string { return "_" + guid(seed) }

// AssertionID implements idp.Profile. Its GUID always ends in 00.
func (p *Profile) AssertionID(seed []byte) string {
	id := p.NewID(seed)
	return id[:len(id)-2] + "00"
}

// guid makes a version 4 GUID from a seed.
func guid(seed []byte) string {
	b := sha256.Sum256(seed)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	out := make([]byte, 0, 36)
	for n, part := range [][]byte{b[0:4], b[4:6], b[6:8], b[8:10], b[10:16]} {
		if n > 0 {
			out = append(out, '-')
		}
		out = hex.AppendEncode(out, part)
	}
	return string(out)
}

// stamp writes an instant with three fractional digits.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
