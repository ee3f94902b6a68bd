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
	"strings"
	"time"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
)

// Config is one app in one Okta org.
type Config struct {
	Org     string // subdomain; "acme" when empty
	App     string // label of the app; "samepage" when empty
	Sign    string // "both" (Okta's default, and when empty), "response", "assertion"
	BaseURL string // where it listens; "" is https://<org>.okta.example, routed inside the process
}

// Profile is the Okta face. Make it with New.
type Profile struct {
	base, org, app, key string
	sign                idp.Signing
}

var _ idp.Profile = (*Profile)(nil)

// New returns the face of one app.
func New(c Config) *Profile {
	p := &Profile{org: c.Org, base: strings.TrimSuffix(c.BaseURL, "/"), sign: idp.Signing{Response: true, Assertion: true}}
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
	p.app = strings.ReplaceAll(p.org, "-", "") + "_" + c.App + "_1"
	p.key = externalKey(p.org, c.App)
	return p
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
func (p *Profile) EntityID() string { return "http://www.okta.com/" + p.key }

// SSO implements idp.Profile.
func (p *Profile) SSO() string { return p.base + "/app/" + p.app + "/" + p.key + "/sso/saml" }

// Launch implements idp.Profile: the app's embed link.
func (p *Profile) Launch() string {
	return p.base + "/home/" + p.app + "/0oa" + p.key[3:] + "/aln" + p.key[3:]
}

// Signing implements idp.Profile.
func (p *Profile) Signing() idp.Signing { return p.sign }

// Style implements idp.Profile.
func (p *Profile) Style() forge.Style { return forge.Style{Prefix: "ds", Inclusive: "xs", Wrap: 76} }

// NewID implements idp.Profile: "id" and 25 to 29 digits.
func (p *Profile) NewID(seed []byte) string {
	sum := sha256.Sum256(seed)
	var b strings.Builder
	b.WriteString("id")
	b.WriteByte('1' + sum[31]%9)
	for i := 0; b.Len() < 2+26; i++ {
		b.WriteByte('0' + sum[i]%10)
	}
	return b.String()
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
