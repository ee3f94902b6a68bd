package entra

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/message"
)

// Formats that Entra takes in a NameIDPolicy; any other is refused.
const (
	formatEmail       = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
	formatUnspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
	formatPersistent  = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	formatTransient   = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
)

// Ways of signing in that a password satisfies.
const (
	contexts         = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
	contextPassword  = contexts + "Password"
	contextTransport = contexts + "PasswordProtectedTransport"
)

var _ idp.Launcher = (*Profile)(nil)

// Accepts implements idp.Profile: what Entra's documentation of the protocol
// and of its error codes says. Destination and AllowCreate are ignored, as it
// says.
func (p *Profile) Accepts(r *message.AuthnRequest, sp idp.SP) *idp.Refusal {
	bad := func(code, format string, a ...any) *idp.Refusal {
		return &idp.Refusal{Kind: idp.BadRequest, Code: code, Detail: fmt.Sprintf(format, a...)}
	}
	switch {
	case r == nil:
		return bad("AADSTS750054", "SAMLRequest or SAMLResponse must be present as query string parameters in HTTP request for SAML Redirect binding.")
	case r.ID == "" || strings.ContainsAny(r.ID[:1], "0123456789"):
		return bad("AADSTS7500529", "The value '%s' isn't a valid SAML ID.", r.ID)
	case sp.EntityID != "" && r.Issuer != sp.EntityID:
		return &idp.Refusal{
			Kind: idp.UnknownSP, Issuer: r.Issuer, ACS: r.ACSURL,
			Detail: fmt.Sprintf("the request's Issuer is %q, the application's identifier is %q", r.Issuer, sp.EntityID),
		}
	case r.ACSURL != "" && !slices.Contains(sp.ACS, r.ACSURL):
		return &idp.Refusal{
			Kind: idp.WrongACS, Issuer: r.Issuer, ACS: r.ACSURL,
			Detail: fmt.Sprintf("the request's AssertionConsumerServiceURL %q is none of the application's reply URLs: %q", r.ACSURL, sp.ACS),
		}
	case r.Subject != nil:
		return bad("AADSTS900236", "The SAML authentication request property 'Subject' is not supported.")
	case proxied(r) != "":
		return bad("AADSTS900236", "The SAML authentication request property '%s' is not supported.", proxied(r))
	case r.ProtocolBinding != "" && r.ProtocolBinding != message.POST: // the sentence is [G]
		return bad("AADSTS75003", "The SAML protocol binding '%s' is not supported: responses go by HTTP-POST only.", r.ProtocolBinding)
	case !formatTaken(r.NameIDPolicy):
		return bad("AADSTS75016", "The NameIDPolicy's Format '%s' is not one of persistent, emailAddress, unspecified and transient.", r.NameIDPolicy.Format)
	case !contextTaken(r.RequestedAuthnContext):
		return bad("AADSTS75011", "Authentication method 'Password' by which the user authenticated with the service doesn't match requested authentication method '%s'.",
			strings.Join(r.RequestedAuthnContext.Classes, " "))
	}
	return nil
}

// Launches implements idp.Launcher: where requests must be signed, there is no
// start without one. Which page says so is [G].
func (p *Profile) Launches(sp idp.SP) *idp.Refusal {
	if !sp.RequireSigned {
		return nil
	}
	return &idp.Refusal{Kind: idp.Unsigned, Detail: "the application wants signed requests, so it cannot be started without one"}
}

func proxied(r *message.AuthnRequest) string {
	if r.Scoping == nil {
		return ""
	}
	if _, ok := message.Attr(r.Scoping, "ProxyCount"); ok {
		return "ProxyCount"
	}
	for _, name := range []string{"IDPList", "RequesterID"} {
		if message.Child(r.Scoping, message.NSProtocol, name) != nil {
			return name
		}
	}
	return ""
}

func formatTaken(p *message.NameIDPolicy) bool {
	return p == nil || slices.Contains([]string{"", formatEmail, formatUnspecified, formatPersistent, formatTransient}, p.Format)
}

func contextTaken(c *message.RequestedAuthnContext) bool {
	if c == nil || len(c.Classes) == 0 {
		return true
	}
	if c.Comparison != "" && c.Comparison != "exact" {
		return false
	}
	return slices.ContainsFunc(c.Classes, func(class string) bool {
		return slices.Contains([]string{contextPassword, contextTransport, contexts + "unspecified"}, class)
	})
}
