package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var entityidSame = samlcheck.Check{
	ID:    "pairing/entityid-same",
	Title: "Service provider and identity provider have different entityIDs.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.Core.At("8.3.6")},
	Remedy: "Somebody has entered one side's entityID for the other. Compare: in Okta the Audience URI is " +
		"the service's, the Issuer is Okta's; in Entra the Identifier is the service's, the Microsoft " +
		"Entra Identifier is Entra's.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		if sp.EntityID() == "" || sp.EntityID() != idp.EntityID() {
			return samlcheck.Holds("the entityIDs differ")
		}
		return samlcheck.Violated("both call themselves %s", expect.Excerpt(sp.EntityID())).At(sp.At(sp.Entity, sp.EntityID()), idp.At(idp.Entity, idp.EntityID()))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/good", Violated: "fixture:pairing/entityid-same"},
}
