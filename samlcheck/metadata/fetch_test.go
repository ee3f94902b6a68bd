package metadata_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/metadata"
)

func TestFetch(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	serve := func(path, contentType, body string, status int) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
	serve("/sp.xml", "application/samlmetadata+xml", sp, 200)
	serve("/login", "text/html", "<div>please<br>sign in", 200)
	serve("/private", "text/plain", "no", 403)
	serve("/gone", "text/plain", "no", 404)
	serve("/big", "application/xml", strings.Repeat(" ", metadata.MaxSize+1), 200)
	mux.Handle("/moved", http.RedirectHandler("/sp.xml", http.StatusFound))
	mux.Handle("/guarded", http.RedirectHandler("/login?next=secret", http.StatusFound))
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)

	for _, path := range []string{"/sp.xml", "/moved"} {
		d, err := metadata.Fetch(t.Context(), srv.Client(), srv.URL+path)
		require.NoError(t, err, path)
		assert.Equal(t, "https://sp.example/saml", d.EntityID())
		assert.Equal(t, srv.URL+path, d.Source)
		assert.Equal(t, "application/samlmetadata+xml", d.Served)
	}
	for path, want := range map[string]string{
		"/login":   "/login: this is a web page, not metadata: probably a login page; sign in",
		"/guarded": "probably a login page (it led to 127.0.0.1",
		"/private": "the server answered 403 Forbidden; the URL wants a login",
		"/gone":    "404 Not Found; check the URL",
		"/big":     "larger than 16 MiB",
	} {
		_, err := metadata.Fetch(t.Context(), srv.Client(), srv.URL+path)
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "secret")
	}
	for _, u := range []string{"sp.xml", "ftp://sp.example/", "https://"} {
		_, err := metadata.Fetch(t.Context(), srv.Client(), u)
		require.ErrorContains(t, err, "not an http or https URL")
	}
	srv.Close()
	_, err := metadata.Fetch(t.Context(), http.DefaultClient, srv.URL+"/sp.xml")
	require.Error(t, err)
}
