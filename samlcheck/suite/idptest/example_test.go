package idptest_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/suite/idptest"
)

// yourService stands for the service provider under test.
func yourService(w http.ResponseWriter, r *http.Request) {
	raw, err := base64.StdEncoding.DecodeString(r.PostFormValue("SAMLResponse"))
	if err != nil || !strings.Contains(string(raw), ">https://sp.example/saml<") {
		http.Error(w, "not for us", http.StatusForbidden)
		return
	}
	_, _ = fmt.Fprintln(w, "welcome")
}

// In a test of your own: func TestLogin(t *testing.T) { ... }.
func ExampleStart() {
	run(func(t testing.TB) {
		sp := httptest.NewServer(http.HandlerFunc(yourService))
		defer sp.Close()
		mock := idptest.Start(t, okta.New(okta.Config{}))
		person := idp.Person{Email: "alice@acme.example", GivenName: "Alice", Surname: "Moreau"}
		service := idp.SP{EntityID: "https://sp.example/saml", ACS: []string{sp.URL + "/acs"}}

		login := mock.Login(person, service)
		resp, err := http.PostForm(login.ACS, login.Form)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		fmt.Println(resp.Status)
	})
	// Output: 200 OK
}

// A response that is meant for another service provider must be refused.
func ExampleForged() {
	run(func(t testing.TB) {
		sp := httptest.NewServer(http.HandlerFunc(yourService))
		defer sp.Close()
		mock := idptest.Start(t, entra.New(entra.Config{}))
		person := idp.Person{Email: "alice@acme.example"}
		service := idp.SP{EntityID: "https://sp.example/saml", ACS: []string{sp.URL + "/acs"}}

		login := mock.Login(person, service, idptest.Forged(forge.Audience("https://other.example/saml")))
		resp, err := http.PostForm(login.ACS, login.Form)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		fmt.Println(resp.Status)
	})
	// Output: 403 Forbidden
}

// run gives an example what a test has.
func run(f func(testing.TB)) {
	t := &inExample{}
	defer t.end()
	f(t)
}

type inExample struct {
	testing.TB
	cleanups []func()
}

func (t *inExample) end() {
	for _, c := range t.cleanups {
		c()
	}
}

func (t *inExample) Helper()                   { _ = t }
func (t *inExample) Cleanup(f func())          { t.cleanups = append(t.cleanups, f) }
func (t *inExample) Fatal(a ...any)            { panic(fmt.Sprint(a...)) }
func (t *inExample) Fatalf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }
