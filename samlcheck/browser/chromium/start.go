package chromium

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/browser"
)

// start is how a visit begins: at an address, or on a page of ours that sends
// what cannot be typed.
type start struct {
	url    *url.URL
	launch string // the address at which our page stands; "" when url is simply opened
	html   string // our page
	fetch  bool   // our page makes the request by script
}

// begin understands a request.
func begin(r browser.Request) (start, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return start{}, fmt.Errorf("browser: %s is no address", browser.CutURL(r.URL))
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return start{}, fmt.Errorf("browser: %q is no address, it must begin with https:// or http:// and a host", browser.CutURL(r.URL))
	}
	s := start{url: u}
	method := methodOf(r)
	if r.Origin != "" {
		o, err := url.Parse(r.Origin)
		if err != nil || o.Host == "" {
			return start{}, fmt.Errorf("browser: origin %q is no address", r.Origin)
		}
		s.launch = r.Origin
	}
	switch {
	case r.JSON != nil || method != http.MethodGet && method != http.MethodPost:
		s.fetch, s.html = true, byScript(method, r)
	case method == http.MethodPost:
		s.html = byForm(r)
	case s.launch != "":
		s.html = `<script>location.href = ` + quoted(r.URL) + `</script>`
	}
	if s.html != "" && s.launch == "" {
		s.launch = r.URL // nobody types a POST: the site's own page sends it
	}
	return s, nil
}

func methodOf(r browser.Request) string {
	switch {
	case r.Method != "":
		return strings.ToUpper(r.Method)
	case r.Form != nil || r.JSON != nil:
		return http.MethodPost
	}
	return http.MethodGet
}

func byForm(r browser.Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<form method="post" action="%s">`, html.EscapeString(r.URL))
	for _, name := range slices.Sorted(maps.Keys(r.Form)) {
		for _, value := range r.Form[name] {
			fmt.Fprintf(&b, `<input type="hidden" name="%s" value="%s">`, html.EscapeString(name), html.EscapeString(value))
		}
	}
	b.WriteString(`</form><script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>`)
	return b.String()
}

func byScript(method string, r browser.Request) string {
	body, kind := string(r.JSON), "application/json"
	if r.JSON == nil {
		body, kind = r.Form.Encode(), "application/x-www-form-urlencoded"
	}
	return fmt.Sprintf(`<script>fetch(%s, {method: %s, body: %s, credentials: "include", headers: {"Content-Type": %s, "Accept": "application/json, */*"}})</script>`,
		quoted(r.URL), quoted(method), quoted(body), quoted(kind))
}

// quoted is a string for a script: JSON, with "<" escaped so that no text ends
// the script.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always marshals
	return string(b)
}
