package pairing

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var nameidNoOverlap = samlcheck.Check{
	ID:    "pairing/nameid-no-overlap",
	Title: "Both sides know a common NameID format.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.2"), cite.Core.At("8.3")},
	Remedy: "Choose a format that the service lists: in Okta as Name ID format, in Entra under Attributes & " +
		"Claims > Unique User Identifier. If it takes another in truth, ask the vendor to list it.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		ours, theirs := sp.NameIDFormats(sp.Role), idp.NameIDFormats(idp.Role)
		if len(ours) == 0 || len(theirs) == 0 {
			return samlcheck.NotApplicable("one side lists no NameIDFormat, so it takes any")
		}
		for _, f := range ours {
			if slices.Contains(theirs, f) || strings.HasSuffix(f, ":unspecified") {
				return samlcheck.Holds("the service takes %s", expect.Excerpt(f))
			}
		}
		if slices.ContainsFunc(theirs, func(f string) bool { return strings.HasSuffix(f, ":unspecified") }) {
			return samlcheck.Holds("the identity provider leaves the format open")
		}
		return samlcheck.Violated("the service takes %s; the identity provider gives %s", strings.Join(ours, ", "), strings.Join(theirs, ", ")).At(
			sp.At(sp.Role, ours[0]), idp.At(idp.Role, theirs[0]))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/good", Violated: "fixture:pairing/nameid-no-overlap"},
}
