package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns for the reason that in-response-to-unknown warns.
var inResponseToUnsolicited = samlcheck.Check{
	ID:    "response/in-response-to-unsolicited",
	Title: "A response that nobody asked for does not pass as the answer to a request.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.5"), cite.Profiles.At("4.1.4.3")},
	Remedy: "A login that begins at the identity provider has no InResponseTo. Ask the vendor to refuse one that has, " +
		"unless the request is known: node-saml wants validateInResponseTo: ifPresent; python3-saml and php-saml " +
		"rejectUnsolicitedResponsesWithInResponseTo: true. crewjam/saml compares nothing while AllowIDPInitiated " +
		"is on, which its hook ValidateRequestID can mend; Shibboleth wants checkCorrelation=true on the " +
		"MessageFlow rule of security-policy.xml; SimpleSAMLphp 1.19 has no setting. Where nobody needs such " +
		"logins, switch them off.",
	Trials: trial.With(unsolicited(), trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{
			As: trial.Known, From: trial.IdPInitiated,
			Forge: []forge.Mutation{forge.InResponseTo("_samlcheck-never-asked")},
		}}},
	}),
	Judge: expect.RefusedLike(unsolicited().Name),
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:in-response-to"},
}
