// Package browser is the user agent's side of the front channel.
//
// A Browser follows what a person's browser would follow and reports every hop
// as an observation. It decides nothing: whether somebody is signed in is for
// the oracle to say.
package browser

import (
	"context"
	"net/http"
	"net/url"

	"example.com/samepage/samlcheck/transcript"
)

// A Browser is one fresh profile: no cookie of an earlier one.
type Browser interface {
	// Visit opens the request and follows redirects, short meta refreshes and
	// self-posting forms until the page rests. The hops are in order; the last
	// is the resting page. A failure is written into the last hop's Error; the
	// error return is for the browser's own failures and a done context.
	Visit(ctx context.Context, r Request) ([]transcript.Hop, error)
	Close() error
}

// Request is where a visit begins.
type Request struct {
	URL    string
	Method string      // "" is GET, or POST where Form or JSON is given
	Form   url.Values  // posted as application/x-www-form-urlencoded
	JSON   []byte      // posted as application/json
	Header http.Header // extra headers, sent to the first host only
	Origin string      // for a POST that another site's page sends: that site's URL; "" when typed by the user
	Follow string      // a JSON answer is followed to the first value that starts with this URL (the IdP's SSO URL); "" never
	// Fill is written into the first page's form that has editable fields of all
	// these names, and the form is sent, once: a page that asks for an address
	// before it says where one signs in. Where no such page comes before the
	// identity provider's or the resting one, the last hop's Error says so.
	Fill   map[string]string
	Screen bool // the resting page is worth a picture, from a browser that can take one
}
