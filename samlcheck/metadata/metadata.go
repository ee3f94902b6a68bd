// Package metadata reads SAML metadata leniently and remembers where each
// element stood, so that a lint can point at a line.
//
// It reads one entity: a service provider, an identity provider, or both. What
// is wrong inside well-formed metadata - an expired date, a broken certificate,
// a missing endpoint - is kept as it came, for the checks to say. What is not
// metadata at all (a login page, JSON, a certificate, nothing) is refused with
// an [Error] that says what it is and what to do.
//
//	doc, err := metadata.Read("sp.xml")             // or Fetch(ctx, client, url), or Parse(raw, name)
//	err = metadata.RequireSP(doc)                   // "... is identity-provider metadata ..."
//	for _, acs := range doc.ACS() { ... acs.Location, acs.Line ... }
//
// It never resolves an entity, follows a reference or trusts a signature.
package metadata

import (
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
)

// MaxSize is the largest document that is read, in bytes.
const MaxSize = 16 << 20

// Doc is one metadata document with one entity.
type Doc struct {
	Raw    []byte         // what was read, as UTF-8 and without a byte order mark; lines count in these
	Source string         // file name or URL, for messages
	Root   *etree.Element // the document's root
	Served string         // the media type that its address gave it; "" where it was read from a file
	Copy   bool           // names in it may have been replaced, as bundles do: its signature says nothing
	Entity *etree.Element // the EntityDescriptor: the root, or the only one in an EntitiesDescriptor
	tree   *message.Tree
}

// Line returns the 1-based line on which e begins; 0 for nil.
func (d *Doc) Line(e *etree.Element) int { return d.tree.Line(e) }

// Find returns every element of the entity that has the given local name and
// stands in the metadata namespace, in document order.
func (d *Doc) Find(local string) []*etree.Element {
	return message.Descendants(d.Entity, message.NSMetadata, local)
}

// EntityID returns the entityID as written, "" when it is missing.
func (d *Doc) EntityID() string {
	v, _ := message.Attr(d.Entity, "entityID")
	return v
}

// Kind says what an entity is.
type Kind string

// Kinds.
const (
	SP      Kind = "service provider"
	IdP     Kind = "identity provider"
	Both    Kind = "service provider and identity provider"
	Neither Kind = "neither service provider nor identity provider"
)

// Kind says what the entity is, by its SAML roles. WS-Federation roles, which
// Entra publishes beside them, do not count.
func (d *Doc) Kind() Kind {
	switch sp, idp := d.SP() != nil, d.IdP() != nil; {
	case sp && idp:
		return Both
	case sp:
		return SP
	case idp:
		return IdP
	}
	return Neither
}

// SP returns the SPSSODescriptor, nil when there is none. Where there are
// several, the first that speaks SAML 2.0 is returned, else the first.
func (d *Doc) SP() *etree.Element { return d.role("SPSSODescriptor") }

// IdP returns the IDPSSODescriptor, chosen like SP.
func (d *Doc) IdP() *etree.Element { return d.role("IDPSSODescriptor") }

func (d *Doc) role(local string) *etree.Element {
	all := message.Children(d.Entity, message.NSMetadata, local)
	for _, r := range all {
		if Speaks(r, message.NSProtocol) {
			return r
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return nil
}

// Speaks reports whether the role's protocolSupportEnumeration names the protocol.
func Speaks(role *etree.Element, protocol string) bool {
	v, _ := message.Attr(role, "protocolSupportEnumeration")
	for _, p := range strings.Fields(v) {
		if p == protocol {
			return true
		}
	}
	return false
}

// An Endpoint is where a role is reached.
type Endpoint struct {
	Binding, Location, ResponseLocation string // as written
	Index, IsDefault                    string // as written; only an AssertionConsumerService has them
	Line                                int
	Element                             *etree.Element
}

// Default reports whether isDefault is true.
func (e Endpoint) Default() bool { return e.IsDefault == "true" || e.IsDefault == "1" }

// Endpoints returns the role's services of the given element name.
func (d *Doc) Endpoints(role *etree.Element, local string) []Endpoint {
	var out []Endpoint
	for _, el := range message.Children(role, message.NSMetadata, local) {
		e := Endpoint{Line: d.Line(el), Element: el}
		for name, to := range map[string]*string{
			"Binding": &e.Binding, "Location": &e.Location, "ResponseLocation": &e.ResponseLocation,
			"index": &e.Index, "isDefault": &e.IsDefault,
		} {
			*to, _ = message.Attr(el, name)
		}
		out = append(out, e)
	}
	return out
}

// ACS returns the SP's assertion consumer services.
func (d *Doc) ACS() []Endpoint { return d.Endpoints(d.SP(), "AssertionConsumerService") }

// DefaultACS returns the service that an IdP answers to when the request names
// none: the first with isDefault true, else the first without isDefault false,
// else the first (SAML Metadata 2.2.3). Only HTTP-POST services count. False
// when there is none.
func (d *Doc) DefaultACS() (Endpoint, bool) {
	var post []Endpoint
	for _, e := range d.ACS() {
		if e.Binding == message.POST {
			post = append(post, e)
		}
	}
	for _, fits := range []func(Endpoint) bool{
		Endpoint.Default,
		func(e Endpoint) bool { return e.IsDefault == "" },
		func(Endpoint) bool { return true },
	} {
		for _, e := range post {
			if fits(e) {
				return e, true
			}
		}
	}
	return Endpoint{}, false
}

// SSO returns the IdP's single sign-on services.
func (d *Doc) SSO() []Endpoint { return d.Endpoints(d.IdP(), "SingleSignOnService") }

// SLO returns the single logout services of a role.
func (d *Doc) SLO(role *etree.Element) []Endpoint { return d.Endpoints(role, "SingleLogoutService") }

// NameIDFormats returns the NameIDFormat values of a role, as written but for
// surrounding white space.
func (d *Doc) NameIDFormats(role *etree.Element) []string {
	var out []string
	for _, e := range message.Children(role, message.NSMetadata, "NameIDFormat") {
		out = append(out, message.Text(e))
	}
	return out
}

// AuthnRequestsSigned reports whether the SP says that it signs its requests.
func (d *Doc) AuthnRequestsSigned() bool { return message.Bool(d.SP(), "AuthnRequestsSigned") }

// WantAssertionsSigned reports whether the SP asks for signed assertions.
func (d *Doc) WantAssertionsSigned() bool { return message.Bool(d.SP(), "WantAssertionsSigned") }

// WantAuthnRequestsSigned reports whether the IdP asks for signed requests.
func (d *Doc) WantAuthnRequestsSigned() bool { return message.Bool(d.IdP(), "WantAuthnRequestsSigned") }

// Validity is one validUntil.
type Validity struct {
	Text string // as written
	Time time.Time
	Err  error // Text is not an xs:dateTime
	Line int
}

// ValidUntil returns every validUntil that bears on the role: its own, the
// entity's, and that of what contains the entity.
func (d *Doc) ValidUntil(role *etree.Element) []Validity {
	var out []Validity
	for e := role; e != nil; e = e.Parent() {
		if v, ok := message.Attr(e, "validUntil"); ok {
			t, err := ParseTime(v)
			out = append(out, Validity{Text: v, Time: t, Err: err, Line: d.Line(e)})
		}
	}
	return out
}

// ParseTime reads an xs:dateTime. One without a time zone is read as UTC, which
// SAML Core 1.3.3 says it is.
func ParseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		if u, err := time.Parse("2006-01-02T15:04:05.999999999", s); err == nil {
			return u, nil
		}
	}
	return t, err
}
