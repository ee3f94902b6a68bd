package pairing

import (
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var bindingNoOverlap = samlcheck.Check{
	ID:    "pairing/binding-no-overlap",
	Title: "Requests and responses have a binding that both sides speak.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.1.2"), cite.Profiles.At("4.1.6")},
	Remedy: "The service must take responses by HTTP-POST, and the identity provider requests by " +
		"HTTP-Redirect or HTTP-POST. Download both files again; if they stay so, ask the vendor of the " +
		"side that lacks it.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		var bad []transcript.Ref
		if !offers(sp.ACS(), message.POST) {
			artifact := offers(sp.ACS(), message.Artifact) && len(idp.Endpoints(idp.Role, "ArtifactResolutionService")) > 0
			if !artifact {
				bad = append(bad, sp.At(sp.Role, "no ACS for HTTP-POST"))
			}
		}
		if !offers(idp.SSO(), message.Redirect) && !offers(idp.SSO(), message.POST) {
			bad = append(bad, idp.At(idp.Role, "no SingleSignOnService for HTTP-Redirect or HTTP-POST"))
		}
		return expect.None(bad, "requests and responses can be delivered", "nothing can be delivered")
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/good", Violated: "fixture:pairing/binding-no-overlap"},
}

func offers(all []metadata.Endpoint, binding string) bool {
	return slices.ContainsFunc(all, func(e metadata.Endpoint) bool { return e.Binding == binding })
}
