package pairing

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
)

var algorithmNoOverlap = samlcheck.Check{
	ID:    "pairing/algorithm-no-overlap",
	Title: "The service takes RSA-SHA256, with which both vendors sign.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG02"), cite.House.At("algorithm-no-overlap")},
	Remedy: "Try a login: the list may be older than the software. If it fails, ask the vendor for " +
		"RSA-SHA256; do not turn Okta or Entra down to SHA-1.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		var listed []string
		var first *etree.Element
		for _, e := range message.Descendants(sp.Entity, "urn:oasis:names:tc:SAML:metadata:algsupport", "SigningMethod") {
			uri, _ := message.Attr(e, "Algorithm")
			if listed = append(listed, uri); first == nil {
				first = e
			}
		}
		switch {
		case first == nil:
			return samlcheck.NotApplicable("the service announces no signature algorithms")
		case slices.Contains(listed, rsaSHA256):
			return samlcheck.Holds("the service takes RSA-SHA256")
		}
		return samlcheck.Violated("%s signs with RSA-SHA256; the service announces %s", expect.Excerpt(idp.EntityID()), expect.Excerpt(strings.Join(listed, ", "))).
			At(sp.At(first, listed[0]))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/announced", Violated: "fixture:pairing/algorithm-no-overlap"},
}

const rsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
