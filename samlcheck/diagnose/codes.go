package diagnose

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// code is one of Entra's error codes: the row that explains it, or, where there
// is no row, what it says and what to do.
type code struct {
	row    string
	cause  string
	blames string
	remedy string
}

// codes are those of the vendor's own list and of its users' reports that a
// sign-in or a sign-out with SAML can meet. The words are ours: the vendor's change.
func codes() map[string]code {
	const request, entra = spItself, idpSettings
	decode := "The request is in the evidence: compare it with what Entra accepts, and show it to the vendor."
	return map[string]code{
		"50011":   {row: "D01"},
		"650056":  {row: "D02"},
		"65005":   {row: "D02"},
		"700011":  {row: "D02"},
		"700016":  {row: "D02"},
		"50105":   {row: "D03"},
		"50057":   {row: "D04"},
		"75011":   {row: "D05"},
		"75005":   {row: "D06", cause: "it calls the message invalid"},
		"750054":  {row: "D06", cause: "no SAMLRequest stood in the address"},
		"75008":   {row: "D06", cause: "it calls the Destination unexpected"},
		"75001":   {row: "D06", cause: "the request does not keep to its binding"},
		"75003":   {row: "D06", cause: "the request asks for an answer by a binding that Entra does not have; it answers by HTTP-POST only"},
		"7500514": {row: "D06", cause: "the request asks for a kind of response that Entra does not have"},
		"7500529": {row: "D06", cause: "the request's ID is no SAML ID: it must not begin with a digit"},
		"90102":   {row: "D06", cause: "an address in the request is not well-formed"},
		"90107":   {row: "D06", cause: "the request's XML cannot be read"},
		"75016":   {row: "D07"},
		"900236":  {row: "D07"},
		"76021":   {row: "D08"},
		"76026":   {row: "D08"},
		"501241":  {row: "D09"},
		"50107": {cause: "the federated realm that the request leads to does not exist", blames: entra,
			remedy: "Check the federated domain in Entra, and the tenant in the address that the app sends people to."},
		"50146": {cause: "the app has to have a signing key of its own, and has none", blames: entra,
			remedy: "Create a signing certificate for the app: Single sign-on > SAML Certificates > New certificate, then make it active."},
		"50003": {cause: "there is no signing key or certificate for the app", blames: entra,
			remedy: "Create a signing certificate for the app: Single sign-on > SAML Certificates > New certificate, then make it active."},
		"50061": {cause: "the logout cannot be completed", blames: request, remedy: decode},
		"50068": {cause: "the logout was not begun by a session that Entra knows", blames: request, remedy: decode},
		"50070": {cause: "the logout names no service provider that Entra knows", blames: entra,
			remedy: "The Issuer of the LogoutRequest must be the app's Identifier (Entity ID), character by character."},
		"50071": {cause: "the logout names somebody who is not signed in", blames: request,
			remedy: "The NameID of the LogoutRequest must be the one that the login gave; show the vendor both messages."},
		"90011": {cause: "a parameter of the request was refused", blames: request, remedy: decode},
		"75006": {cause: "Entra answered with an error response", blames: request, remedy: decode},
	}
}

// found is a vendor's refusal on a page.
type found struct {
	code string // "50011", or the status of an Okta page: "okta-403"
	hop  transcript.Hop
	ids  string // what the vendor's support asks for, as the page shows it; "" where it shows nothing
}

var (
	entraCode = regexp.MustCompile(`AADSTS(\d{4,8})`)
	pageID    = regexp.MustCompile(`(?i)(request id|correlation id|timestamp)\W{0,3}([0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?)`)
)

// refusalOn finds the vendor's code in a login. An application may show Entra's
// code on a page of its own; Okta's pages have a status and no code.
func refusalOn(l login, face string) (found, bool) {
	for _, h := range l.Login {
		for _, text := range texts(h) {
			if m := entraCode.FindStringSubmatch(text); m != nil {
				return found{code: m[1], hop: h, ids: idsOn(h)}, true
			}
		}
	}
	if l.answer != nil {
		for _, text := range l.answer.said {
			if m := entraCode.FindStringSubmatch(text); m != nil {
				return found{code: m[1], hop: l.Rest()}, true
			}
		}
	}
	rest := l.Rest()
	if l.stage == atIdP && rest.AtIdP && okta(rest.URL, face) {
		switch {
		case rest.Status == 403:
			return found{code: "okta-403", hop: rest}, true
		case rest.Status == 404:
			return found{code: "okta-404", hop: rest}, true
		case rest.Status == 400, strings.Contains(rest.URL, "/error/400_SAML"):
			return found{code: "okta-400", hop: rest}, true
		}
	}
	return found{}, false
}

func texts(h transcript.Hop) []string {
	out := append([]string{h.Title}, h.Blocks...)
	for _, u := range []string{h.URL, h.Location} {
		if plain, err := url.QueryUnescape(u); err == nil {
			u = plain
		}
		out = append(out, u)
	}
	return out
}

func idsOn(h transcript.Hop) string {
	var out []string
	for _, m := range pageID.FindAllStringSubmatch(strings.Join(h.Blocks, " "), -1) {
		if id := m[1] + " " + m[2]; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return strings.Join(out, ", ")
}

// okta says whether a page is Okta's: by its host, or, where a company gave it
// one of its own, by the face and by Okta's addresses.
func okta(raw, face string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	host := u.Hostname()
	for _, end := range []string{".okta.com", ".oktapreview.com", ".okta-emea.com", ".okta-gov.com", ".okta.example"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return face == "okta" || strings.Contains(u.Path, "/sso/saml") && strings.HasPrefix(u.Path, "/app/") || strings.Contains(u.Path, "/error/400_SAML")
}
