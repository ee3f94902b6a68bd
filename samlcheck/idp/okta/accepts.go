package okta

import (
	"fmt"
	"slices"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/message"
)

// Accepts implements idp.Profile. Okta finds the app by the URL, so an unsigned
// request's Issuer and Destination are not compared [G]; the URL that it names
// must be the app's single sign-on URL or one of its requestable ones. Opened
// without a request, the SSO URL starts an IdP-initiated login [G].
func (p *Profile) Accepts(r *message.AuthnRequest, sp idp.SP) *idp.Refusal {
	if r == nil || r.ACSURL == "" || slices.Contains(sp.ACS, r.ACSURL) {
		return nil
	}
	return &idp.Refusal{
		Kind: idp.WrongACS, Issuer: r.Issuer, ACS: r.ACSURL,
		Detail: fmt.Sprintf("the request's AssertionConsumerServiceURL %q is none of the app's: %q", r.ACSURL, sp.ACS),
	}
}
