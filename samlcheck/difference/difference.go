// Package difference says what changed between two metadata documents, and what
// the change will break.
//
// A new certificate is no news to whom it concerns until the day when every
// login fails. [Between] compares the two versions of one entity's metadata as
// the other side will feel it: an identity provider reads a service provider's
// metadata, and a service provider an identity provider's. Each [Change] says
// who must do what, and before when it matters.
//
// It refuses to compare texts: order, white space, prefixes and comments are no
// changes. What nobody acts on (names, logos, contacts) is said in one line.
package difference

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// Gravity is what a change does to those who have the old document.
type Gravity string

// Gravities, the worst first.
const (
	Breaks   Gravity = "breaks"    // logins fail, for certain or for who uses the feature as it was
	MayBreak Gravity = "may break" // depends on how the other side is set up
	Harmless Gravity = "harmless"
)

// Change is one difference.
type Change struct {
	What    string  `json:"what"` // "entityID", "AssertionConsumerService"
	Was     string  `json:"was,omitempty"`
	Is      string  `json:"is,omitempty"`
	Line    int     `json:"line,omitempty"` // in the new document; 0 for what is gone
	Gravity Gravity `json:"gravity"`
	Because string  `json:"because"`
	Do      string  `json:"do,omitempty"` // and who
}

// Between compares two versions of one entity's metadata. Changes come in order
// of gravity. It fails where the documents are of different kinds.
func Between(was, is *metadata.Doc) ([]Change, error) {
	if was.Kind() != is.Kind() {
		return nil, fmt.Errorf("difference: %s is a %s and %s a %s: they are not two versions of one thing", was.Source, was.Kind(), is.Source, is.Kind())
	}
	if was.Kind() == metadata.Neither {
		return nil, fmt.Errorf("difference: %s and %s hold neither a service provider nor an identity provider", was.Source, is.Source)
	}
	d := &diff{was: was, is: is}
	if was.SP() != nil {
		d.serviceProvider()
	}
	if was.IdP() != nil {
		d.identityProvider()
	}
	d.about()
	order := []Gravity{Breaks, MayBreak, Harmless}
	slices.SortStableFunc(d.out, func(a, b Change) int { return slices.Index(order, a.Gravity) - slices.Index(order, b.Gravity) })
	return d.out, nil
}

type diff struct {
	was, is *metadata.Doc
	out     []Change
}

func (d *diff) add(c Change) { d.out = append(d.out, c) }

func (d *diff) serviceProvider() {
	was, is := d.was.SP(), d.is.SP()
	if d.was.EntityID() != d.is.EntityID() {
		d.add(Change{"entityID", d.was.EntityID(), d.is.EntityID(), d.is.Line(d.is.Entity), Breaks,
			"responses name the old entityID as their audience, and the service will refuse them",
			"set Audience URI (Okta) or Identifier (Entra) to the new entityID, at the moment when the service changes"})
	}
	d.speaks(was, is)
	d.consumers()
	d.wishes(was, is)
	d.keys(was, is, keyWords{
		"signing", "signed requests are refused where the identity provider verifies them",
		"give the new certificate to Okta (Signature Certificate) or Entra (verification certificates) beside the old one",
	})
	d.keys(was, is, keyWords{
		"encryption", "assertions that are encrypted for the old key cannot be read",
		"where assertions are encrypted, exchange the encryption certificate in Okta or Entra when the service changes its key",
	})
	d.formats(was, is)
	d.endpoints(was, is, "SingleLogoutService", MayBreak, "logout goes to an address that is no longer named", "enter the new Single Logout URL in Okta, or Logout URL in Entra")
	d.requested(was, is)
}

func (d *diff) identityProvider() {
	was, is := d.was.IdP(), d.is.IdP()
	if d.was.EntityID() != d.is.EntityID() {
		d.add(Change{"entityID", d.was.EntityID(), d.is.EntityID(), d.is.Line(d.is.Entity), Breaks,
			"the service trusts an issuer by its entityID: every login fails until it knows the new one",
			"upload the new metadata to the service before the identity provider changes"})
	}
	d.speaks(was, is)
	d.keys(was, is, keyWords{
		"signing", "the service refuses responses that are signed with a key which it does not know",
		"upload the new metadata to the service before the new certificate is made active",
	})
	d.endpoints(was, is, "SingleSignOnService", Breaks, "logins that begin at the service go to an address that is no longer named", "upload the new metadata to the service")
	d.endpoints(was, is, "SingleLogoutService", MayBreak, "logout goes to an address that is no longer named", "upload the new metadata to the service")
	d.flag(is, "WantAuthnRequestsSigned", d.was.WantAuthnRequestsSigned(), d.is.WantAuthnRequestsSigned(), Breaks,
		"the identity provider will refuse a service that does not sign its requests", "have the service sign its requests, or take the demand back")
	d.formats(was, is)
}

func (d *diff) speaks(was, is *etree.Element) {
	if metadata.Speaks(was, message.NSProtocol) && !metadata.Speaks(is, message.NSProtocol) {
		d.add(Change{"protocolSupportEnumeration", message.NSProtocol, "", d.is.Line(is), Breaks,
			"it no longer says that it speaks SAML 2.0, and strict readers pass it over", "ask whoever made it"})
	}
}

// flag is one of the wishes; only false to true makes demands.
func (d *diff) flag(role *etree.Element, name string, was, is bool, turnedOn Gravity, because, do string) {
	switch {
	case was == is:
	case is:
		d.add(Change{name, "false", "true", d.is.Line(role), turnedOn, because, do})
	default:
		d.add(Change{What: name, Was: "true", Is: "false", Line: d.is.Line(role), Gravity: Harmless, Because: "less is demanded than before"})
	}
}

func (d *diff) wishes(_, is *etree.Element) {
	d.flag(is, "WantAssertionsSigned", d.was.WantAssertionsSigned(), d.is.WantAssertionsSigned(), MayBreak,
		"the service will refuse responses of which only the envelope is signed",
		"see that Assertion Signature is Signed (Okta), or that the Signing Option contains the assertion (Entra)")
	switch was, now := d.was.AuthnRequestsSigned(), d.is.AuthnRequestsSigned(); {
	case was && !now:
		d.add(Change{"AuthnRequestsSigned", "true", "false", d.is.Line(is), MayBreak, "where the identity provider verifies requests, it refuses those of this service",
			"switch Signed Requests (Okta) or Require verification certificates (Entra) off, or ask the vendor to sign"})
	case now && !was:
		d.add(Change{What: "AuthnRequestsSigned", Was: "false", Is: "true", Line: d.is.Line(is), Gravity: Harmless, Because: "requests are signed now, which nobody must verify"})
	}
}

// about is what nobody acts on, and the end of validity.
func (d *diff) about() {
	if was, is := until(d.was), until(d.is); was != is {
		g, because := Harmless, "whoever reads the metadata again takes it over"
		if t, err := metadata.ParseTime(is); err == nil && was != "" && before(t, was) {
			g, because = MayBreak, "it ends earlier than the old one: readers drop it then"
		}
		d.add(Change{What: "validUntil", Was: was, Is: is, Line: d.is.Line(d.is.Entity), Gravity: g, Because: because})
	}
	if described(d.was) != described(d.is) {
		d.add(Change{What: "names and contacts", Gravity: Harmless, Because: "Organization, ContactPerson or what is shown to people differs"})
	}
}

func until(d *metadata.Doc) string {
	v, _ := message.Attr(d.Entity, "validUntil")
	return strings.TrimSpace(v)
}

func before(t time.Time, was string) bool {
	old, err := metadata.ParseTime(was)
	return err == nil && t.Before(old)
}

// described is the text of what is shown to people.
func described(d *metadata.Doc) string {
	var b strings.Builder
	var walk func(*etree.Element)
	walk = func(e *etree.Element) {
		b.WriteString("<" + e.NamespaceURI() + " " + e.Tag + " " + strings.Join(strings.Fields(e.Text()), " "))
		for _, k := range e.ChildElements() {
			walk(k)
		}
	}
	for _, local := range []string{"Organization", "ContactPerson"} {
		for _, e := range message.Descendants(d.Entity, message.NSMetadata, local) {
			walk(e)
		}
	}
	for _, e := range message.Descendants(d.Entity, "urn:oasis:names:tc:SAML:metadata:ui", "UIInfo") {
		walk(e)
	}
	return b.String()
}
