package statement

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

// The class that is sent says that nobody gave a password. It warns: Core
// 3.3.2.2.1 binds the identity provider to answer with what was asked, and the
// service provider must be able to refuse (IIP-SP07).
var classBelowAsked = samlcheck.Check{
	ID:    "statement/class-below-asked",
	Title: "A service that asks for a way to sign in refuses a weaker one.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.3.2.2.1"), cite.Kantara.At("IIP-SP07")},
	Remedy: "The service asks for a certain way to sign in and does not look at what comes. Ask the vendor to compare " +
		"AuthnContextClassRef with the RequestedAuthnContext of his request, or to ask for nothing: then set the way " +
		"to sign in as a policy of the app in Okta or in Entra's Conditional Access.",
	Trials: trial.Against(forge.AuthnClass("urn:oasis:names:tc:SAML:2.0:ac:classes:PreviousSession")),
	Judge:  refusedWhereAsked,
	Proof:  samlcheck.Proof{Holds: "stand-in:asks", Violated: "flaw:authn-class-unasked"},
}

func refusedWhereAsked(c *samlcheck.Case) samlcheck.Verdict {
	sent := c.Last("spoilt").Request
	if sent == nil {
		return samlcheck.NotApplicable("not applicable: the login does not begin at the service provider")
	}
	asked, err := message.ParseAuthnRequest([]byte(sent.XML))
	if err != nil {
		return samlcheck.Undecided("the request cannot be read: %v", err)
	}
	if asked.RequestedAuthnContext == nil || len(asked.RequestedAuthnContext.Classes) == 0 {
		return samlcheck.NotApplicable("not applicable: the service provider asks for no way to sign in")
	}
	return expect.Refused(c)
}
