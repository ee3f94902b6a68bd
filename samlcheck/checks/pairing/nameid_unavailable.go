package pairing

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var nameidUnavailable = samlcheck.Check{
	ID:    "pairing/nameid-unavailable",
	Title: "The vendor offers a NameID format that the service lists.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.2"), cite.EntraErrors.At("AADSTS75016")},
	Remedy: "Ask the vendor of the service which other format it takes. Okta offers unspecified, " +
		"emailAddress, X509SubjectName, persistent and transient; Entra emailAddress, persistent, " +
		"unspecified, transient on request, and Windows domain qualified names.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		listed, have := sp.NameIDFormats(sp.Role), vendorFormats(idp.EntityID())
		switch {
		case len(listed) == 0:
			return samlcheck.NotApplicable("the service lists no NameIDFormat, so it takes any")
		case have == nil:
			return samlcheck.NotApplicable("the identity provider is neither Okta nor Entra")
		}
		for _, f := range listed {
			if slices.ContainsFunc(have, func(end string) bool { return strings.HasSuffix(f, end) }) {
				return samlcheck.Holds("%s can be chosen", expect.Excerpt(f))
			}
		}
		return samlcheck.Violated("none of %s can be chosen there", expect.Excerpt(strings.Join(listed, ", "))).At(sp.At(sp.Role, listed[0]))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/okta", Violated: "fixture:pairing/nameid-unavailable"},
}

// vendorFormats are the endings of the formats that a vendor's form offers; nil
// for an identity provider that is none of the two.
func vendorFormats(entityID string) []string {
	switch {
	case strings.HasPrefix(entityID, "http://www.okta.com/"):
		return []string{":unspecified", ":emailAddress", ":X509SubjectName", ":persistent", ":transient"}
	case strings.HasPrefix(entityID, "https://sts.windows.net/"):
		return []string{":unspecified", ":emailAddress", ":persistent", ":transient", ":WindowsDomainQualifiedName"}
	}
	return nil
}
