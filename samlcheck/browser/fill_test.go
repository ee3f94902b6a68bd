package browser

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/transcript"
)

func TestFilled(t *testing.T) {
	t.Parallel()
	const search = `<form action="/search"><input name="q"></form>`
	for name, c := range map[string]struct{ page, method, url, body string }{
		"the form that asks": {search + `<form method="post" action="/discover"><input type="hidden" name="csrf" value="x1"><input type="email" name="email">
			<input name="tenant" value="acme"><input type="checkbox" name="keep" checked><input type="checkbox" name="no"><input type="password" name="pw" value="old">
			<select name="region"><option value="eu"><option value="us" selected></select><button name="go" value="1">Go</button><button name="back">Back</button></form>`,
			"POST", "https://sp.example/discover", "csrf=x1&tenant=acme&keep=on&region=us&go=1&email=alice%40acme.example"},
		"by GET":                {`<form action="/discover"><input name="email"></form>`, "GET", "https://sp.example/discover?email=alice%40acme.example", ""},
		"another field":         {`<form action="/discover"><input name="mail"></form>`, "", "", ""},
		"hidden is not for him": {`<form action="/discover"><input type="hidden" name="email"></form>`, "", "", ""},
		"drawn by script":       {`<input name="email"><script src="/app.js"></script>`, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, err := url.Parse("https://sp.example/login")
			require.NoError(t, err)
			a := Answer{URL: at, Method: "GET", Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(c.page),
				Fill: map[string]string{"email": "alice@acme.example"}}
			m, err := Next(a)
			require.NoError(t, err)
			if c.method == "" {
				assert.Nil(t, m)
				return
			}
			require.NotNil(t, m)
			assert.True(t, m.Filled)
			assert.Equal(t, c.method, m.Method)
			assert.Equal(t, c.url, m.URL.String())
			assert.Equal(t, c.body, string(m.Body))
			a.Fill = nil
			m, err = Next(a)
			require.NoError(t, err)
			assert.Nil(t, m, "nobody fills in what nobody told him to")
		})
	}
}

func TestUnfilledSaysWhatItLookedFor(t *testing.T) {
	t.Parallel()
	hops := []transcript.Hop{{URL: "https://sp.example/login"}}
	fill := map[string]string{"email": "alice@acme.example"}
	Unfilled(hops, fill)
	assert.Contains(t, hops[0].Error, "no form to fill in with email")
	hops = []transcript.Hop{{URL: "https://idp.example/sso", AtIdP: true}, {URL: "https://sp.example/home"}}
	Unfilled(hops, fill)
	assert.Empty(t, hops[1].Error, "it remembered whose identity provider it was")
}
