package okta

import (
	"fmt"
	"html"
	"net/http"
	"strconv"
	"unicode/utf8"

	"example.com/samepage/samlcheck/idp"
)

// Deliver implements idp.Profile: the form that Okta's documentation shows, with
// its values in hexadecimal entities. The RelayState field is there even when
// it is empty.
func (p *Profile) Deliver(acs, response string, relayState *string) []byte {
	relay := ""
	if relayState != nil {
		relay = *relayState
	}
	page := make([]byte, 0, len(response)+len(response)/8+1024) // base64 has few others
	page = append(page, `<!DOCTYPE html><!-- samlcheck: a mock of Okta, not Okta --><html><head><title>Okta</title></head><body><form id="appForm" action="`...)
	page = entities(page, acs)
	page = append(page, `" method="POST"><input name="SAMLResponse" type="hidden" value="`...)
	page = entities(page, response)
	page = append(page, `"/><input name="RelayState" type="hidden" value="`...)
	page = entities(page, relay)
	return append(page, `"/></form><script>document.getElementById('appForm').submit()</script></body></html>`...)
}

// entities appends an attribute value as Okta's pages encode it: everything but
// letters, digits and a few harmless signs becomes a hexadecimal entity.
func entities(to []byte, s string) []byte {
	for {
		n := harmless(s)
		to = append(to, s[:n]...)
		if s = s[n:]; s == "" {
			return to
		}
		r, size := utf8.DecodeRuneInString(s)
		to = append(strconv.AppendInt(append(to, "&#x"...), int64(r), 16), ';')
		s = s[size:]
	}
}

// harmless is how many bytes at the beginning stay as they are.
func harmless(s string) int {
	for i := range len(s) {
		c := s[i]
		if low := c | 0x20; (low < 'a' || low > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' && c != '_' && c != ',' {
			return i
		}
	}
	return len(s)
}

// Refuse implements idp.Profile. The wording is Okta's where it is known; which
// status goes with it is [G], as is everything about a disabled person.
func (p *Profile) Refuse(r idp.Refusal) (status int, page []byte) {
	title, words := "400 Bad Request", "Your request resulted in an error. "+r.Detail
	status = http.StatusBadRequest
	switch r.Kind {
	case idp.NotFound:
		status, title, words = http.StatusNotFound, "404 Page Not Found", "The page you have requested does not exist."
	case idp.NotAssigned:
		status, title = http.StatusForbidden, "403 App Not Assigned"
		words = "Sorry, you cannot access " + p.app + " because you are not assigned this app in Okta. " +
			"If you're wondering why this is happening, please contact your administrator."
	case idp.Disabled:
		status, title, words = http.StatusForbidden, "Sign in", "Unable to sign in"
	case idp.UnknownSP, idp.WrongACS, idp.BadRequest, idp.Unsigned, idp.BadSignature:
	}
	return status, fmt.Appendf(nil, `<!DOCTYPE html><!-- samlcheck: a mock of Okta, not Okta --><html lang="en"><head><meta charset="utf-8">`+
		`<meta name="viewport" content="width=device-width, initial-scale=1"><title>%s - %s</title><style>`+sheet+`</style></head>`+
		`<body><main><h1>%s</h1><p>%s</p></main></body></html>`, html.EscapeString(p.org), title, title, html.EscapeString(words))
}

// sheet is ours: nobody should take the page for Okta's.
const sheet = `:root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:light-dark(#f4f4f4,#1b1b1b);color:light-dark(#1d1d21,#e8e8ea)}` +
	`main{box-sizing:border-box;max-width:30rem;margin:12vh auto;padding:2rem;background:light-dark(#fff,#262628);border:1px solid light-dark(#d7d7dc,#404044);border-radius:.3rem;overflow-wrap:anywhere}` +
	`h1{font-size:1.3rem;margin:0 0 1rem}p{margin:0}@media(max-width:32rem){main{margin:1rem}}`
