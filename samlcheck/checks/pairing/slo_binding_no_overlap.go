package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var sloBindingNoOverlap = samlcheck.Check{
	ID:    "pairing/slo-binding-no-overlap",
	Title: "Single logout has a binding that both sides speak.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.4.5")},
	Remedy: "Entra speaks HTTP-Redirect only, Okta HTTP-Redirect and HTTP-POST. Ask the vendor for a logout " +
		"endpoint with such a binding, and leave single logout off until then.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		ours, theirs := sp.SLO(sp.Role), idp.SLO(idp.Role)
		if len(ours) == 0 || len(theirs) == 0 {
			return samlcheck.NotApplicable("one side offers no single logout")
		}
		for _, e := range ours {
			if offers(theirs, e.Binding) {
				return samlcheck.Holds("both speak %s", expect.Excerpt(e.Binding))
			}
		}
		return samlcheck.Violated("the service speaks %s, the identity provider %s", ours[0].Binding, theirs[0].Binding).At(
			sp.At(ours[0].Element, ours[0].Binding), idp.At(theirs[0].Element, theirs[0].Binding))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/signed", Violated: "fixture:pairing/slo-binding-no-overlap"},
}
