package idp

import (
	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
)

// Subject is what a session is known by at a service provider.
type Subject struct{ NameID, Format, SessionIndex string }

// subjectOf reads it off a response that is neither spoilt nor encrypted yet.
func subjectOf(doc *etree.Document) (s Subject) {
	for _, id := range forge.FindAll(doc.Root(), "NameID") {
		s.NameID, s.Format = id.Text(), id.SelectAttrValue("Format", "")
	}
	for _, a := range forge.FindAll(doc.Root(), "AuthnStatement") {
		s.SessionIndex = a.SelectAttrValue("SessionIndex", "")
	}
	return s
}

// sayPassive makes a denial say that nobody could be asked (SAML Core 3.4.1.4).
// That either vendor answers so is [G].
func sayPassive(doc *etree.Document, passive bool) {
	codes := forge.FindAll(doc.Root(), "StatusCode")
	if passive && len(codes) > 1 {
		codes[1].CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:NoPassive")
	}
}
