package idptest_test

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/suite/idptest"
)

func person() idp.Person { return idp.Person{Email: "alice@acme.example", GivenName: "Alice"} }

func service() idp.SP {
	return idp.SP{EntityID: "https://sp.example/saml", ACS: []string{"https://sp.example/acs"}}
}

func profiles() []idp.Profile {
	return []idp.Profile{okta.New(okta.Config{}), entra.New(entra.Config{})}
}

func TestMetadataIsFetched(t *testing.T) {
	t.Parallel()
	for _, p := range profiles() {
		mock := idptest.Start(t, p)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, mock.MetadataURL(), nil)
		require.NoError(t, err)
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Equal(t, string(mock.Metadata()), string(raw))
		var md saml.EntityDescriptor
		require.NoError(t, xml.Unmarshal(raw, &md))
		assert.Equal(t, mock.EntityID(), md.EntityID)
		assert.Equal(t, p.EntityID(), md.EntityID, "the vendor's, though it listens here")
		assert.Contains(t, string(raw), mock.URL())
		assert.Contains(t, string(raw), mock.SSO())
	}
}

func TestLoginVaries(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for _, p := range profiles() {
		t.Run(p.Name(), func(t *testing.T) {
			t.Parallel()
			mock := idptest.Start(t, p, idptest.WithClock(func() time.Time { return now }))
			root := func(l *idptest.Login) *etree.Element {
				doc := etree.NewDocument()
				require.NoError(t, doc.ReadFromBytes(l.XML))
				return doc.Root()
			}
			l := mock.Login(person(), service())
			assert.Equal(t, "https://sp.example/acs", l.ACS)
			assert.Equal(t, base64.StdEncoding.EncodeToString(l.XML), l.Form.Get("SAMLResponse"))
			assert.False(t, l.Form.Has("RelayState"))
			assert.NoError(t, forge.VerifyDER(forge.FindAll(root(l), "Assertion")[0], mock.Certificate()))
			assert.Empty(t, root(l).SelectAttrValue("InResponseTo", ""))
			assert.Equal(t, "2026-03-01T10:00:00.000Z", root(l).SelectAttrValue("IssueInstant", ""))
			assert.Contains(t, l.Sent.Attributes, "email")

			l = mock.Login(person(), service(), idptest.InResponseTo("r1"), idptest.RelayState(""), idptest.ACS("https://sp.example/2"),
				idptest.Plain(), idptest.Signed(true, false), idptest.NameIDFormat("emailAddress"))
			assert.Equal(t, "r1", root(l).SelectAttrValue("InResponseTo", ""))
			assert.True(t, l.Form.Has("RelayState"))
			assert.Equal(t, "https://sp.example/2", root(l).SelectAttrValue("Destination", ""))
			assert.Equal(t, "response", l.Sent.Signed)
			assert.NotContains(t, l.Sent.Attributes, "email")
			assert.Contains(t, string(l.XML), "nameid-format:emailAddress")

			l = mock.Login(person(), service(), idptest.Denied())
			assert.Empty(t, forge.FindAll(root(l), "Assertion"))

			req, err := l.Request(t.Context())
			require.NoError(t, err)
			assert.Equal(t, mock.URL(), req.Header.Get("Origin"))
		})
	}
}

// A client that is sent to the IdP comes back signed in.
func TestBrowserWalks(t *testing.T) {
	t.Parallel()
	mock := idptest.Start(t, okta.New(okta.Config{}), idptest.WithSP(service()), idptest.WithPeople(person()))
	play := mock.Browser(person(), service(), nil)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, mock.SSO(), nil)
	require.NoError(t, err)
	resp, err := (&http.Client{Transport: play}).Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Contains(t, string(page), "appForm")
	require.Len(t, play.Exchanges(), 1)
	assert.NotNil(t, play.Exchanges()[0].Sent)
}

// A negative test must never become a clean login by a slip.
func TestWhatCannotBeForgedFailsTheTest(t *testing.T) {
	t.Parallel()
	other := &inExample{}
	t.Cleanup(func() { other.end() })
	mock := idptest.Start(other, okta.New(okta.Config{}))
	nothing := forge.Mutation{Name: "nothing", Apply: func(*etree.Element, forge.Context) error { return fmt.Errorf("nothing to change") }}
	assert.PanicsWithValue(t, `idptest: idp: "nothing" could not be forged: nothing to change`, func() {
		mock.Login(person(), service(), idptest.Forged(nothing))
	})
	assert.Panics(t, func() { mock.Login(person(), idp.SP{EntityID: "no ACS"}) })
}

// What the test changes in the directory is what the next login meets.
func TestPeopleChangeWhileItRuns(t *testing.T) {
	t.Parallel()
	for _, p := range profiles() {
		mock := idptest.Start(t, p, idptest.WithSP(service()), idptest.WithPeople(person()))
		play := mock.Browser(person(), service(), nil)
		guest := mock.Browser(idp.Person{Email: "guest@acme.example"}, service(), nil)
		launch := func(rt http.RoundTripper) {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, mock.Launch(), nil)
			require.NoError(t, err)
			resp, err := rt.RoundTrip(req)
			require.NoError(t, err)
			resp.Body.Close()
		}
		require.NoError(t, mock.People().Unassign("alice@acme.example"))
		launch(play)
		require.NoError(t, mock.People().Assign("alice@acme.example"))
		launch(play)
		launch(guest)
		assert.Contains(t, play.Exchanges()[0].Refusal, "not assigned", p.Name())
		assert.NotNil(t, play.Exchanges()[1].Sent)
		assert.NotNil(t, guest.Exchanges()[0].Sent, "who is not in the directory is not held to it")
	}
}
