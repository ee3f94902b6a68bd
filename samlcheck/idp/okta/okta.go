// Package okta makes the mock identity provider look like Okta on the wire.
//
// The invariants were measured on recorded responses and metadata of Okta
// tenants (design wire.md, part A): prefixes, order of elements and attributes,
// redundant namespace declarations, ids, windows, certificates. A few facts
// that nothing public confirms are marked [G] where they stand.
//
// It composes. It never signs, serves or breaks anything.
package okta

import (
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"strings"
	"time"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
)

// Config is one app in one Okta org.
type Config struct {
	Org         string // subdomain; "acme" when empty
	App         string // label of the app, or its whole name in URLs ("acme_samepage_1"); "samepage" when empty
	ExternalKey string // "exk" and 17 letters and digits; made from org and app when empty
	Sign        string // "both" (Okta's default, and when empty), "response", "assertion"
	BaseURL     string // where it listens; "" is https://<org>.okta.example, routed inside the process
	SLO         bool   // single logout is enabled: the metadata offers it, and Handler does it
	SHA1        bool   // rsa-sha1, which an administrator can still choose
	Issuer      string // "SAML Issuer ID"; "" is http://www.okta.com/ and the external key
	Catalog     bool   // App is a name of Okta's catalogue: it stands whole in URLs, and metadata lists the one NameID format
	Settings           // what else the administrator of the app has set
}

// Profile is the Okta face. Make it with New.
type Profile struct {
	base, org, app, key string
	issuerID            string
	catalog             bool
	set                 Settings
	sign                idp.Signing
	slo, sha1           bool
}

var _ idp.Profile = (*Profile)(nil)

// New returns the face of one app.
func New(c Config) *Profile {
	p := &Profile{
		org: c.Org, base: strings.TrimSuffix(c.BaseURL, "/"), key: c.ExternalKey,
		sign: idp.Signing{Response: true, Assertion: true}, slo: c.SLO, sha1: c.SHA1,
		issuerID: c.Issuer, catalog: c.Catalog, set: c.Settings,
	}
	if p.org == "" {
		p.org = "acme"
	}
	if c.App == "" {
		c.App = "samepage"
	}
	switch c.Sign {
	case "response":
		p.sign = idp.Signing{Response: true}
	case "assertion":
		p.sign = idp.Signing{Assertion: true}
	}
	if p.base == "" {
		p.base = "https://" + p.org + ".okta.example"
	}
	if p.app = c.App; !c.Catalog {
		p.app = appName(p.org, c.App)
	}
	if p.key == "" {
		p.key = externalKey(p.org, c.App)
	}
	return p
}

// appName is the app's name in URLs: of a custom app the org, the label in lower
// case without what is neither letter nor digit, and a number. A name that is
// whole already is kept.
func appName(org, app string) string {
	if i := strings.LastIndexByte(app, '_'); i > 0 && strings.Trim(app[i+1:], "0123456789") == "" {
		return app
	}
	label := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(app))
	return org + "_" + label + "_1"
}

// externalKey has the shape of Okta's own: exk, 17 letters and digits, ending
// in the shard's suffix.
func externalKey(org, app string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(org + "/" + app))
	var b strings.Builder
	b.WriteString("exk")
	for i := range 14 {
		b.WriteByte(alphabet[int(sum[i])%len(alphabet)])
	}
	b.WriteString("5d7")
	return b.String()
}

// Name implements idp.Profile.
func (p *Profile) Name() string { return "okta" }

// EntityID implements idp.Profile. The scheme is http and the host Okta's own
// whatever the org is called.
func (p *Profile) EntityID() string {
	if p.issuerID != "" {
		return p.issuerID
	}
	return "http://www.okta.com/" + p.key
}

// SSO implements idp.Profile.
func (p *Profile) SSO() string { return p.base + "/app/" + p.app + "/" + p.key + "/sso/saml" }

// Launch implements idp.Profile: the app's embed link.
func (p *Profile) Launch() string {
	instance := strings.TrimPrefix(p.key, "exk")
	return p.base + "/home/" + p.app + "/0oa" + instance + "/aln" + instance
}

// MetadataURL implements idp.Profile.
func (p *Profile) MetadataURL() string { return p.base + "/app/" + p.key + "/sso/saml/metadata" }

// At implements idp.Profile.
func (p *Profile) At(baseURL string) idp.Profile {
	moved := *p
	moved.base = strings.TrimSuffix(baseURL, "/")
	return &moved
}

// Signing implements idp.Profile.
func (p *Profile) Signing() idp.Signing { return p.sign }

// Style implements idp.Profile.
func (p *Profile) Style() forge.Style {
	return forge.Style{Prefix: "ds", Inclusive: "xs", Wrap: 76, SHA1: p.sha1, Santuario: true}
}

// NewID implements idp.Profile: "id" and 25 to 29 digits.
func (p *Profile) NewID(seed []byte) string {
	sum := sha256.Sum256(seed)
	out := new(big.Int).SetBytes(sum[:16]).Append(append(make([]byte, 0, 80), "id"...), 10) // up to 39 digits
	if out[2] == '0' {
		out = out[:2]
	}
	return string(append(out, "1000000000000000000000000000000"...)[:2+25+int(sum[31]%5)])
}

// AssertionID implements idp.Profile: as any other.
func (p *Profile) AssertionID(seed []byte) string { return p.NewID(seed) }

// stamp writes an instant with three fractional digits.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// number makes a random-looking positive integer for a session index.
func number(seed string) uint64 {
	sum := sha256.Sum256([]byte(seed))
	return uint64(binary.BigEndian.Uint32(sum[:4]))
}
