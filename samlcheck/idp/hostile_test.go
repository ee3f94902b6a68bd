package idp_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

func posted(requests ...string) url.Values {
	f := url.Values{}
	for _, r := range requests {
		f.Add("SAMLRequest", base64.StdEncoding.EncodeToString([]byte(r)))
	}
	return f
}

// Whatever a service provider posts or redirects with, the vendor's page comes
// back and the record says why.
func TestHostileRequests(t *testing.T) {
	t.Parallel()
	good := request(`ID="a1"`, `<saml:Issuer>`+spID+`</saml:Issuer>`)
	packed := redirectQuery(t, good, "")
	for face, p := range profiles() {
		i := open(t, p, "")
		for name, tt := range map[string]struct {
			query string
			form  url.Values
			why   string
		}{
			"two in the form":     {form: posted(good, good), why: "stands twice"},
			"two in the query":    {query: packed + "&" + packed, why: "stands twice"},
			"10 MB":               {form: posted(good + strings.Repeat(" ", 10<<20)), why: "larger than"},
			"1.5 MB":              {form: posted(good + strings.Repeat(" ", 3<<19-500<<10)), why: "larger than"},
			"bad escape":          {query: "SAMLRequest=%zz", why: "invalid URL escape"},
			"empty":               {query: "SAMLRequest=", why: "not DEFLATE"},
			"empty in the form":   {form: url.Values{"SAMLRequest": {""}}, why: "neither"},
			"not base64":          {form: url.Values{"SAMLRequest": {"<AuthnRequest/>"}}, why: "not base64"},
			"DOCTYPE":             {form: posted(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + good), why: "DOCTYPE"},
			"not XML":             {form: posted("hello"), why: "message:"},
			"request and respons": {query: packed + "&SAMLResponse=x", why: "one query"},
		} {
			t.Run(face+"/"+name, func(t *testing.T) {
				t.Parallel()
				play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
				method, at := http.MethodGet, i.SSO()+"?"+tt.query
				if tt.form != nil {
					method, at = http.MethodPost, i.SSO()
				}
				status, page := walk(t, play, method, at, tt.form)
				assert.Equal(t, http.StatusBadRequest, status)
				assert.Contains(t, page, map[string]string{"okta": "400 Bad Request", "entra": "AADSTS75005"}[face])
				ex := only(t, play)
				assert.Contains(t, ex.Refusal, tt.why)
				assert.Nil(t, ex.Sent)
				assert.Empty(t, ex.Fault)
			})
		}
	}
}

func TestLongRelayStateComesBack(t *testing.T) {
	t.Parallel()
	relay := strings.Repeat(`/"<&>'é`+"\n", 1<<10)
	good := request(`ID="a1"`, `<saml:Issuer>`+spID+`</saml:Issuer>`)
	for face, p := range profiles() {
		i := open(t, p, "")
		f := posted(good)
		f.Set("RelayState", relay)
		for name, ask := range map[string]func(idp.Player) (int, string){
			"post": func(play idp.Player) (int, string) { return walk(t, play, http.MethodPost, i.SSO(), f) },
			"redirect": func(play idp.Player) (int, string) {
				return walk(t, play, http.MethodGet, i.SSO()+"?"+redirectQuery(t, good, relay), nil)
			},
		} {
			play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
			status, page := ask(play)
			require.Equal(t, http.StatusOK, status, face+name)
			ex := only(t, play)
			assert.Equal(t, relay, ex.Form["RelayState"])
			assert.Equal(t, relay, ex.Sent.RelayState)
			assert.Equal(t, relay, fields(page).Get("RelayState"), "as the page posts it")
		}
	}
}

func TestHostsAreComparedLikeABrowser(t *testing.T) {
	t.Parallel()
	i := open(t, okta.New(okta.Config{BaseURL: "https://IdP.Example:443"}), "")
	assert.Equal(t, []string{"idp.example"}, i.Hosts())
	for _, host := range []string{"idp.example", "IDP.example:443"} {
		u, err := url.Parse(i.Launch())
		require.NoError(t, err)
		u.Host = host
		play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
		status, _ := walk(t, play, http.MethodGet, u.String(), nil)
		assert.Equal(t, http.StatusOK, status, host)
	}
}

// FuzzAnswer throws requests at both faces. A panic fails it; so does an answer
// that is neither a response nor a refusal, or is both.
func FuzzAnswer(f *testing.F) {
	var faces []*idp.IdP
	for _, p := range []idp.Profile{okta.New(okta.Config{}), entra.New(entra.Config{})} {
		i, err := idp.New(p, idp.Options{})
		require.NoError(f, err)
		faces = append(faces, i)
	}
	good := request(`ID="a1"`, `<saml:Issuer>`+spID+`</saml:Issuer>`)
	f.Add("GET", "/", "SAMLRequest=abc", "")
	f.Add("POST", "", "", posted(good).Encode())
	f.Add("POST", "", "RelayState=x", posted(good, good).Encode())
	f.Add("GET", "", "SAMLRequest=%zz&RelayState=%", "")
	f.Add("HEAD", "/x", ";", "\x00")
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		for _, i := range faces {
			u, err := url.Parse(i.SSO())
			require.NoError(t, err)
			u.RawQuery = query
			if path != "" {
				u.Path = path
			}
			r := (&http.Request{Method: method, URL: u, Header: http.Header{}, Body: readCloser{strings.NewReader(body)}}).WithContext(t.Context())
			play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
			resp, err := play.RoundTrip(r)
			require.NoError(t, err)
			resp.Body.Close()
			if len(play.Exchanges()) == 0 {
				continue // the metadata was asked for
			}
			ex := only(t, play)
			assert.Empty(t, ex.Fault)
			assert.Equal(t, ex.Sent == nil, ex.Refusal != "", "%+v", ex)
			assert.Equal(t, ex.Sent != nil, resp.StatusCode == http.StatusOK)
		}
	})
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }
