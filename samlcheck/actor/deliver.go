package actor

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

// brought has the identity provider's responses brought in the way that the
// login asks for.
func brought(p idp.Player, do trial.Login) idp.Player {
	if !do.Unusual() {
		return p
	}
	return &courier{Player: p, do: do}
}

// courier takes the page that would deliver a response and brings it otherwise.
type courier struct {
	idp.Player
	do trial.Login

	mu   sync.Mutex
	seen int // exchanges that have been looked at
}

// RoundTrip implements http.RoundTripper.
func (c *courier) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.Player.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.Player.Exchanges()
	if len(all) == c.seen {
		return resp, nil
	}
	c.seen = len(all)
	e := all[len(all)-1]
	if e.Sent == nil {
		return resp, nil
	}
	_ = resp.Body.Close() // another page takes its place
	fields := c.fields(e)
	switch c.do.Bring {
	case trial.Held:
		return page(r, "<!doctype html><!-- samlcheck mock identity provider --><title>Held</title><p>The response was made and is kept back.</p>"), nil
	case trial.ByRedirect:
		return redirect(r, e.Sent.URL, e.Sent.XML, fields)
	case trial.ByForm, trial.Twice, trial.NoResponse, trial.NotBase64, trial.NotXML, trial.Wrapped:
	}
	return page(r, posting(e.Sent.URL, fields)), nil
}

// Exchanges implements idp.Player: what is recorded is what was brought.
func (c *courier) Exchanges() []idp.Exchange {
	out := c.Player.Exchanges()
	for i, e := range out {
		if e.Sent == nil {
			continue
		}
		sent := *e.Sent
		sent.Changed = slices.Clone(sent.Changed)
		if c.do.Bring != trial.ByForm && c.do.Bring != trial.Held {
			sent.Changed = append(sent.Changed, "brought "+string(c.do.Bring))
		}
		if c.do.Bring == trial.ByRedirect {
			sent.Binding = "HTTP-Redirect"
		}
		if c.do.Relay != "" {
			sent.Changed = append(sent.Changed, "RelayState "+c.do.Relay)
			sent.RelayState, sent.HasRelayState = c.do.Relay, true
		}
		out[i].Sent = &sent
	}
	return out
}

func (c *courier) fields(e idp.Exchange) url.Values {
	f := url.Values{}
	for k, v := range e.Form {
		f.Set(k, v)
	}
	if c.do.Relay != "" {
		f.Set("RelayState", c.do.Relay)
	}
	switch c.do.Bring {
	case trial.Twice:
		f.Add("SAMLResponse", f.Get("SAMLResponse"))
	case trial.Wrapped:
		f.Set("SAMLResponse", wrapped(f.Get("SAMLResponse")))
	case trial.NoResponse:
		f.Del("SAMLResponse")
		f.Set("RelayState", f.Get("RelayState")) // a form without fields posts nothing
	case trial.NotBase64:
		f.Set("SAMLResponse", "<not-base64>")
	case trial.NotXML:
		f.Set("SAMLResponse", base64.StdEncoding.EncodeToString([]byte("This is a sentence and no XML.")))
	case trial.ByForm, trial.ByRedirect, trial.Held:
	}
	return f
}

// wrapped puts a line end behind every 76 characters.
func wrapped(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return b.String() + s
}

// posting is a page that posts the fields.
func posting(to string, fields url.Values) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><!-- samlcheck mock identity provider --><title>Delivery</title><form id="f" method="post" action="%s">`,
		html.EscapeString(to))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, v := range fields[name] {
			fmt.Fprintf(&b, `<input type="hidden" name="%s" value="%s">`, html.EscapeString(name), html.EscapeString(v))
		}
	}
	b.WriteString(`</form><script>document.getElementById('f').submit()</script>`)
	return b.String()
}

// redirect is the HTTP-Redirect binding (Bindings 3.4.4.1), without its
// detached signature: the response has its own.
func redirect(r *http.Request, acs, xml string, fields url.Values) (*http.Response, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("actor: %w", err)
	}
	if _, err := w.Write([]byte(xml)); err != nil {
		return nil, fmt.Errorf("actor: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("actor: %w", err)
	}
	to, err := url.Parse(acs)
	if err != nil {
		return nil, fmt.Errorf("actor: address of the service provider: %w", err)
	}
	q := to.Query()
	q.Set("SAMLResponse", base64.StdEncoding.EncodeToString(packed.Bytes()))
	if fields.Has("RelayState") {
		q.Set("RelayState", fields.Get("RelayState"))
	}
	to.RawQuery = q.Encode()
	resp := page(r, "")
	resp.StatusCode, resp.Status = http.StatusFound, "302 Found"
	resp.Header.Set("Location", to.String())
	return resp, nil
}

// elsewhere answers for the host that nobody has, where a browser must not end.
func elsewhere(r *http.Request) *http.Response {
	return page(r, "<!doctype html><title>Elsewhere</title><p>A page of samlcheck's, at an address that nobody has.</p>")
}
