package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var requestIssuerForeign = samlcheck.Check{
	ID:    "logout/request-issuer-foreign",
	Title: "The LogoutRequest is issued by the entityID of the metadata.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.1")},
	Remedy: "Okta denies the request and Entra does not know the application. Ask the vendor to use one entityID " +
		"everywhere; in Okta, SP Issuer can be set to what it sends.",
	Reads:  samlcheck.SPMetadata,
	Trials: trial.With(here()),
	Judge: request(func(c *samlcheck.Case, _ left, t *message.Tree) samlcheck.Verdict {
		issuer := message.Text(message.Child(t.Root, message.NSAssertion, "Issuer"))
		if issuer != c.SP.EntityID() {
			return samlcheck.Violated("the Issuer is %q, and the entityID %q", expect.Excerpt(issuer), expect.Excerpt(c.SP.EntityID()))
		}
		return samlcheck.Holds("the Issuer is the entityID")
	}),
	Proof: samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:wrong-issuer"},
}
