package browser_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
)

// What a request carries on: a redirect drops the body and keeps the page that
// began the navigation, 307 keeps both, and a form brings its own.
func TestAfter(t *testing.T) {
	t.Parallel()
	page, err := url.Parse("https://sp.example/login")
	require.NoError(t, err)
	at, err := url.Parse("https://sp.example/acs")
	require.NoError(t, err)
	last := browser.Sent{Body: []byte("SAMLResponse=x"), ContentType: "application/x-www-form-urlencoded", Posted: []string{"SAMLResponse"}, From: page}
	for status, want := range map[int]browser.Sent{303: {From: page}, 302: {From: page}, 307: last, 308: last} {
		m, err := browser.Next(browser.Answer{URL: at, Method: http.MethodPost, Status: status, Header: http.Header{"Location": {"/home"}}})
		require.NoError(t, err)
		require.NotNil(t, m, status)
		assert.Equal(t, want, m.After(last, at), status)
	}
	form := `<form method="post" action="/next"><input type="hidden" name="SAMLResponse" value="y"></form><script>document.forms[0].submit()</script>`
	m, err := browser.Next(browser.Answer{URL: at, Method: http.MethodGet, Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(form)})
	require.NoError(t, err)
	require.NotNil(t, m)
	next := m.After(last, at)
	assert.Equal(t, at, next.From, "a new navigation, from its page")
	assert.Equal(t, "SAMLResponse=y", string(next.Body))
	assert.Equal(t, []string{"SAMLResponse"}, next.Posted)
}
