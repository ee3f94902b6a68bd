package entra

import (
	"fmt"
	"html"
	"net/http"

	"example.com/samepage/samlcheck/idp"
)

// Deliver implements idp.Profile: Entra's own page. Without a relay state there
// is no field for it.
func (p *Profile) Deliver(acs, response string, relayState *string) []byte {
	relay := ""
	if relayState != nil {
		relay = `<input type="hidden" name="RelayState" value="` + html.EscapeString(*relayState) + `" />`
	}
	return []byte(`<html><!-- samlcheck: a mock of Microsoft Entra ID, not Microsoft's --><head><title>Working...</title></head><body>` +
		`<form method="POST" name="hiddenform" action="` + html.EscapeString(acs) + `">` +
		`<input type="hidden" name="SAMLResponse" value="` + html.EscapeString(response) + `" />` + relay +
		`<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit" /></noscript></form>` +
		`<script language="javascript">document.forms[0].submit();</script></body></html>`)
}

// Refuse implements idp.Profile: the sign-in error page, with the code by which
// it is recognised. The HTTP status is [G].
func (p *Profile) Refuse(r idp.Refusal) (status int, page []byte) {
	var words string
	status = http.StatusBadRequest
	switch r.Kind {
	case idp.UnknownSP:
		words = fmt.Sprintf("AADSTS700016: Application with identifier '%s' was not found in the directory '%s'. This can happen if the "+
			"application has not been installed by the administrator of the tenant or consented to by any user in the tenant. "+
			"You may have sent your authentication request to the wrong tenant.", r.Issuer, p.tenant)
	case idp.WrongACS:
		words = fmt.Sprintf("AADSTS50011: The reply URL '%s' specified in the request does not match the reply URLs configured "+
			"for the application '%s'.", r.ACS, p.app)
	case idp.NotFound:
		status, words = http.StatusNotFound, "There is no such page here."
	case idp.BadRequest:
		words = "AADSTS75005: The request is not a valid Saml2 protocol message. " + r.Detail
		if r.Code != "" {
			words = r.Code + ": " + r.Detail
		}
	case idp.NotAssigned:
		words = fmt.Sprintf("AADSTS50105: Your administrator has configured the application ('%s') to block users unless they are specifically "+
			"granted ('assigned') access to the application. The signed in user '%s' is blocked because they are not a direct member of a group "+
			"with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.", p.app, r.Who)
	}
	return status, fmt.Appendf(nil, `<!DOCTYPE html><!-- samlcheck: a mock of Microsoft Entra ID, not Microsoft's --><html><head>`+
		`<title>Sign in to your account</title></head><body><h1>Sign in</h1><p>Sorry, but we're having trouble signing you in.</p><p>%s</p></body></html>`,
		html.EscapeString(words))
}
