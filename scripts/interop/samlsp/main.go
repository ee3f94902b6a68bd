// Command samlsp is a service provider on crewjam/saml's samlsp middleware, as
// its manual shows it: everything but the protocol's own endpoints needs a
// session, and the session is what the assertion said. It keeps no accounts.
package main

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/crewjam/saml"
	"github.com/crewjam/saml/samlsp"
)

type options struct{ addr, idp, spKey, spCert, tlsKey, tlsCert string }

func main() {
	var o options
	flag.StringVar(&o.addr, "addr", "", "host:port to listen on")
	flag.StringVar(&o.idp, "idp", "", "the IdP's metadata")
	flag.StringVar(&o.spKey, "key", "", "the SP's SAML key, PEM")
	flag.StringVar(&o.spCert, "cert", "", "its certificate")
	flag.StringVar(&o.tlsKey, "tls-key", "", "the server's TLS key")
	flag.StringVar(&o.tlsCert, "tls-cert", "", "its certificate")
	flag.Parse()
	if err := serve(o); err != nil {
		log.Fatal("samlsp: ", err)
	}
}

func serve(o options) error {
	sp, err := provider(o)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/saml/", sp)
	mux.Handle("/home", sp.RequireAccount(http.HandlerFunc(home)))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/home", http.StatusFound)
	})
	server := &http.Server{Addr: o.addr, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServeTLS(o.tlsCert, o.tlsKey)
}

func provider(o options) (*samlsp.Middleware, error) {
	pair, err := tls.LoadX509KeyPair(o.spCert, o.spKey)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		return nil, err
	}
	key, ok := pair.PrivateKey.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s is not an RSA key", o.spKey)
	}
	idp, err := metadata(o.idp)
	if err != nil {
		return nil, err
	}
	sp, err := samlsp.New(samlsp.Options{
		URL:         url.URL{Scheme: "https", Host: o.addr},
		Key:         key,
		Certificate: cert,
		IDPMetadata: idp,
		// Both vendors' dashboards start logins; an SP that refuses them is
		// of little use to their customers.
		AllowIDPInitiated:  true,
		DefaultRedirectURI: "/home",
		// The response is posted from the IdP's site: without None, browsers
		// would not send back the cookie that remembers the request.
		CookieSameSite: http.SameSiteNoneMode,
	})
	if err != nil {
		return nil, err
	}
	// The default asks for a transient name, which names nobody twice.
	sp.ServiceProvider.AuthnNameIDFormat = saml.EmailAddressNameIDFormat
	return sp, nil
}

func metadata(path string) (*saml.EntityDescriptor, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return samlsp.ParseMetadata(raw)
}

var page = template.Must(template.New("home").Parse(`<!doctype html>
<title>Home</title>
<h1>Welcome</h1>
<p>Signed in as <b id="user">{{.Subject}}</b></p>
{{range $name, $values := .Attributes}}<p>{{$name}}: {{range $values}}{{.}} {{end}}</p>
{{end}}`))

func home(w http.ResponseWriter, r *http.Request) {
	claims, ok := samlsp.SessionFromContext(r.Context()).(samlsp.JWTSessionClaims)
	if !ok {
		http.Error(w, "no session", http.StatusForbidden)
		return
	}
	// The middleware's own addition, of use to nobody who reads the page.
	delete(claims.Attributes, "SessionIndex")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := page.Execute(w, claims); err != nil {
		log.Print("samlsp: ", err)
	}
}
