package okta

import (
	"cmp"
	"fmt"
	"slices"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/message"
)

// Accepts implements idp.Profile. Okta finds the app by the URL, so an unsigned
// request's Issuer and Destination are not compared [G]; the URL that it names
// must be the app's single sign-on URL or one of its requestable ones, and the
// format of its NameIDPolicy must be the app's, where the administrator has
// chosen one. Where requests must be signed, both must stand in the request.
// Opened without a request, the SSO URL starts an IdP-initiated login [G].
func (p *Profile) Accepts(r *message.AuthnRequest, sp idp.SP) *idp.Refusal {
	if r == nil {
		return nil
	}
	bad := func(format string, a ...any) *idp.Refusal {
		return &idp.Refusal{Kind: idp.BadRequest, Issuer: r.Issuer, ACS: r.ACSURL, Detail: fmt.Sprintf(format, a...)}
	}
	asked, configured := "", idp.NameIDFormat(cmp.Or(sp.NameIDFormat, p.set.NameIDFormat))
	if r.NameIDPolicy != nil {
		asked = r.NameIDPolicy.Format
	}
	switch {
	case r.ACSURL != "" && !slices.Contains(sp.ACS, r.ACSURL):
		return &idp.Refusal{
			Kind: idp.WrongACS, Issuer: r.Issuer, ACS: r.ACSURL,
			Detail: fmt.Sprintf("the request's AssertionConsumerServiceURL %q is none of the app's: %q", r.ACSURL, sp.ACS),
		}
	case sp.RequireSigned && r.ACSURL == "":
		return bad("requests must be signed, and a signed one must name its AssertionConsumerServiceURL")
	case sp.RequireSigned && r.NameIDPolicy == nil:
		return bad("requests must be signed, and a signed one must have a NameIDPolicy")
	case asked != "" && asked != unspecified && configured != "" && asked != configured:
		return bad("the request's NameIDPolicy asks for %q, and the app sends %q", asked, configured)
	}
	return nil
}

// unspecified asks for nothing in particular.
const unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
