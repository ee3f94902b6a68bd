package manual

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
)

// says is an identity provider of few words.
type says string

func (s says) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/plain"}},
		Body: io.NopCloser(strings.NewReader(string(s) + " at " + r.URL.String())),
	}, nil
}

func counter(t *testing.T) (*Desk, string) {
	t.Helper()
	d := NewDesk("http://127.0.0.1:1")
	srv := httptest.NewServer(d)
	t.Cleanup(srv.Close)
	d.base = srv.URL
	return d, srv.URL
}

func visit(t *testing.T, address, cookie string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	if cookie != "" {
		req.AddCookie(&http.Cookie{Name: windowCookie, Value: cookie})
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return reply{resp.StatusCode, string(body), resp.Header}
}

func TestNobodyIsSignedInBetweenSteps(t *testing.T) {
	t.Parallel()
	d, base := counter(t)
	assert.Contains(t, visit(t, base+"/sso?SAMLRequest=x", "").body, "Nobody signs in at this moment")
	d.Idle(says("document"))
	assert.Contains(t, visit(t, base+"/app/metadata", "").body, "document at "+base+"/app/metadata")
	assert.Contains(t, visit(t, base+"/sso?SAMLRequest=metadata", "").body, "Nobody signs in")

	seat := &Seat{Window: NewWindow(), Player: says("alice"), Begin: []browser.Request{{URL: "https://sp.example/login"}}}
	at := d.Sit(seat)
	assert.Contains(t, visit(t, base+"/sso?SAMLRequest=x", "").body, "alice at "+base+"/sso?SAMLRequest=x")
	assert.Equal(t, 1, d.State(seat).Came)
	d.Leave()
	assert.Contains(t, visit(t, base+"/sso?SAMLRequest=x", "").body, "Nobody signs in")
	assert.Equal(t, http.StatusGone, visit(t, at[0], "").status)
}

func TestAStepWantsAWindowOfItsOwn(t *testing.T) {
	t.Parallel()
	d, _ := counter(t)
	var seen []SeatState
	seat := &Seat{
		Window: NewWindow(), Changed: func(s SeatState) { seen = append(seen, s) },
		Begin: []browser.Request{{URL: "https://sp.example/login"}, {URL: "https://sp.example/home"}},
	}
	at := d.Sit(seat)
	require.Len(t, at, 2)

	used := visit(t, at[0], "an-earlier-step")
	assert.Equal(t, http.StatusConflict, used.status)
	assert.Equal(t, SeatState{Used: true}, d.State(seat))

	begun := visit(t, at[0], "")
	assert.Equal(t, "https://sp.example/login", begun.header.Get("Location"))
	assert.Contains(t, begun.header.Get("Set-Cookie"), windowCookie+"="+seat.Window)
	assert.Equal(t, SeatState{Begun: true}, d.State(seat))
	assert.Equal(t, "https://sp.example/home", visit(t, at[1], seat.Window).header.Get("Location"))
	assert.Equal(t, http.StatusNotFound, visit(t, at[0]+"/3", "").status)
	assert.Equal(t, http.StatusGone, visit(t, strings.TrimSuffix(at[0], seat.key)+"guess", "").status)
	assert.Len(t, seen, 3)
}

func TestLoginsThatBeginWithAForm(t *testing.T) {
	t.Parallel()
	d, _ := counter(t)
	at := d.Sit(&Seat{Window: NewWindow(), Begin: []browser.Request{
		{URL: "https://sp.example/login?a=1&b=2", Form: url.Values{"email": {`"><script>`}}},
		{URL: "https://sp.example/api/login", JSON: []byte("{}")},
	}})
	form := visit(t, at[0], "").body
	assert.Contains(t, form, `action="https://sp.example/login?a=1&amp;b=2"`)
	assert.NotContains(t, form, "<script>")
	assert.Contains(t, visit(t, at[1], "").body, "Open the service&#39;s login page in this window")
}
