package entra

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"

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
// it is recognised, and what a person is to tell support. The HTTP status is
// [G], as is the page for what is not there.
func (p *Profile) Refuse(r idp.Refusal) (status int, page []byte) {
	if r.Kind == idp.NotFound {
		return http.StatusNotFound, p.page("0", "There is no such page here.", r)
	}
	code, words := p.says(r)
	return http.StatusBadRequest, p.page(strings.TrimPrefix(code, "AADSTS"), code+": "+words, r)
}

// says is the vendor's code and sentence. Only the codes are to be relied on.
func (p *Profile) says(r idp.Refusal) (code, words string) {
	switch r.Kind {
	case idp.UnknownSP:
		return "AADSTS700016", fmt.Sprintf("Application with identifier '%s' was not found in the directory '%s'. This can happen if the "+
			"application has not been installed by the administrator of the tenant or consented to by any user in the tenant. "+
			"You may have sent your authentication request to the wrong tenant.", r.Issuer, p.tenant)
	case idp.WrongACS:
		return "AADSTS50011", fmt.Sprintf("The reply URL specified in the request does not match the reply URLs configured for the application %s. "+
			"Make sure the reply URL sent in the request matches one added to your application in the Azure portal. "+
			"Navigate to https://aka.ms/urlMismatchError to learn more about how to fix this.", p.app)
	case idp.NotAssigned:
		return "AADSTS50105", fmt.Sprintf("Your administrator has configured the application %s ('%s') to block users unless they are specifically "+
			"granted ('assigned') access to the application. The signed in user '%s' is blocked because they are not a direct member of a group "+
			"with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
			appName, p.app, r.Who)
	case idp.Disabled: // the sentence is [G]
		return "AADSTS50057", "The user account is disabled."
	case idp.Unsigned: // the sentence is [G]
		return "AADSTS76021", "The request sent by client is not signed while the application requires signed requests."
	case idp.BadSignature: // which code goes with it is [G]
		return "AADSTS75005", "The request is not a valid Saml2 protocol message. " + r.Detail
	case idp.NotFound, idp.BadRequest:
	}
	if r.Code != "" {
		return r.Code, r.Detail
	}
	return "AADSTS75005", "The request is not a valid Saml2 protocol message. " + r.Detail
}

// appName is the application's display name, which nothing configures.
const appName = "samlcheck mock"

func (p *Profile) page(code, words string, r idp.Refusal) []byte {
	config, err := json.Marshal(map[string]string{"pgid": "ConvergedError", "iErrorCode": code, "strServiceExceptionMessage": words})
	if err != nil {
		config = []byte("{}") // three strings: it cannot fail
	}
	at := r.At.UTC().Format("2006-01-02T15:04:05Z")
	return fmt.Appendf(nil, `<!DOCTYPE html><!-- samlcheck: a mock of Microsoft Entra ID, not Microsoft's --><html lang="en"><head><meta charset="utf-8">`+
		`<meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in to your account</title><style>`+sheet+`</style>`+
		`<script>$Config=%s;</script></head><body><main><h1>Sign in</h1><h2>Sorry, but we're having trouble signing you in.</h2><p>%s</p>`+
		`<h2>Troubleshooting details</h2><dl><dt>Request Id</dt><dd>%s</dd><dt>Correlation Id</dt><dd>%s</dd><dt>Timestamp</dt><dd>%s</dd>`+
		`<dt>Message</dt><dd>%s</dd></dl></main></body></html>`,
		config, html.EscapeString(words), r.RequestID, r.Correlation, at, html.EscapeString(words))
}

// sheet is ours: nobody should take the page for Microsoft's.
const sheet = `:root{color-scheme:light dark}body{margin:0;font:15px/1.5 system-ui,sans-serif;background:light-dark(#f2f2f2,#1b1b1b);color:light-dark(#1b1b1b,#e8e8e8)}` +
	`main{box-sizing:border-box;max-width:34rem;margin:10vh auto;padding:2.2rem;background:light-dark(#fff,#272727);box-shadow:0 2px 6px rgb(0 0 0/.2);overflow-wrap:anywhere}` +
	`h1{font-size:1.5rem;font-weight:600;margin:0 0 .8rem}h2{font-size:1rem;font-weight:600;margin:1.4rem 0 .5rem}p{margin:0}` +
	`dl{margin:0;font-size:.85rem}dt{opacity:.7}dd{margin:0 0 .4rem}@media(max-width:36rem){main{margin:1rem}}`
