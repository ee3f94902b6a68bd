package idptest_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/crewjam/saml"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/suite/idptest"
)

// crewjamService is a real service provider, built on crewjam/saml, that trusts
// the mock's metadata.
func crewjamService(t testing.TB, metadata []byte) (*httptest.Server, idp.SP) {
	var sp saml.ServiceProvider
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		a, err := sp.ParseResponse(r, []string{"request-1"})
		if err != nil {
			http.Error(w, "refused", http.StatusForbidden)
			return
		}
		fmt.Fprintf(w, "welcome, %s", a.Subject.NameID.Value)
	}))
	t.Cleanup(srv.Close)
	var md saml.EntityDescriptor
	if err := xml.Unmarshal(metadata, &md); err != nil {
		t.Fatal(err)
	}
	acs, err := url.Parse(srv.URL + "/saml/acs")
	if err != nil {
		t.Fatal(err)
	}
	sp = saml.ServiceProvider{EntityID: "https://sp.example/saml", AcsURL: *acs, IDPMetadata: &md, AllowIDPInitiated: true}
	return srv, idp.SP{EntityID: sp.EntityID, ACS: []string{acs.String()}}
}

// A service provider built on crewjam/saml, tried with both vendors' responses:
// solicited, unsolicited, denied, and meant for somebody else.
func Example_crewjam() {
	run(func(t testing.TB) {
		alice := idp.Person{Email: "alice@acme.example", GivenName: "Alice", Surname: "Moreau"}
		for _, face := range []idp.Profile{okta.New(okta.Config{}), entra.New(entra.Config{})} {
			mock := idptest.Start(t, face)
			_, sp := crewjamService(t, mock.Metadata())
			for _, login := range []*idptest.Login{
				mock.Login(alice, sp),
				mock.Login(alice, sp, idptest.InResponseTo("request-1"), idptest.Plain()),
				mock.Login(alice, sp, idptest.Denied()),
				mock.Login(alice, sp, idptest.Forged(forge.Audience("https://other.example/saml"))),
			} {
				resp, err := http.PostForm(login.ACS, login.Form)
				if err != nil {
					t.Fatal(err)
				}
				_ = resp.Body.Close()
				fmt.Println(face.Name(), resp.StatusCode)
			}
		}
	})
	// Output:
	// okta 200
	// okta 200
	// okta 403
	// okta 403
	// entra 200
	// entra 200
	// entra 403
	// entra 403
}
