package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

func (a *app) idpServeCmd() *cobra.Command {
	var f idpFlags
	var addr string
	c := &cobra.Command{
		Use: "serve", Short: "the mock identity provider for a person's own browser", Args: noArgs,
		Long: "Serves the identity provider of a target file at an address on this machine, with a page on\nwhich to choose who signs in. Whoever reaches it can sign in as anybody: it listens on\nloopback unless told otherwise. Upload the metadata that it serves at /metadata.",
		RunE: func(c *cobra.Command, _ []string) error { return a.serveIdP(c.Context(), f, addr) },
	}
	f.add(c)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8081", "where to listen")
	return c
}

func (a *app) serveIdP(ctx context.Context, f idpFlags, addr string) error {
	t, err := f.load()
	if err != nil {
		return err
	}
	if f.state != "" {
		t.IdP.State = f.state
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return hint("--addr names another address", "%w", err)
	}
	t.IdP.BaseURL = "http://" + ln.Addr().String()
	i, err := suite.IdP(f.face, suite.Options{Loaded: t})
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	sp, err := providerOf(ctx, t)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	people := actor.People(t, "serve", []trial.Person{trial.Known, trial.Fresh("1"), trial.Fresh("2")})
	srv := &http.Server{Handler: desk{i, sp, people}, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	fmt.Fprintf(a.out, "Mock %s at %s\nmetadata   %s/metadata\nsign in    %s\n", f.face, t.IdP.BaseURL, t.IdP.BaseURL, i.Launch())
	stop := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer stop()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// desk asks who signs in and then lets the identity provider answer.
type desk struct {
	idp    *idp.IdP
	sp     idp.SP
	people map[trial.Person]idp.Person
}

var signIn = template.Must(template.New("").Parse(`<!doctype html><meta name="viewport" content="width=device-width"><title>Mock identity provider</title>
<style>body{font:16px/1.5 system-ui;max-width:30rem;margin:3rem auto;padding:0 1rem}button{font:inherit;display:block;width:100%;text-align:left;padding:.6rem 1rem;margin:.4rem 0}</style>
<h1>Who signs in?</h1><p>A mock identity provider of samlcheck. There are no passwords here.</p>
<form method="post">{{range $k, $v := .Fields}}{{range $v}}<input type="hidden" name="{{$k}}" value="{{.}}">{{end}}{{end}}
{{range .People}}<button name="samlcheck_as" value="{{.Ref}}">{{.DisplayName}}<br><small>{{.Email}} ({{.Ref}})</small></button>{{end}}</form>`))

// ServeHTTP implements http.Handler.
func (d desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/metadata" {
		w.Header().Set("Content-Type", "application/samlmetadata+xml")
		_, _ = w.Write(d.idp.Metadata()) // a browser that is gone needs no answer
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "cannot read the form", http.StatusBadRequest)
		return
	}
	as := trial.Person(r.PostForm.Get("samlcheck_as"))
	who, ok := d.people[as]
	if !ok {
		d.ask(w, r)
		return
	}
	r.PostForm.Del("samlcheck_as")
	d.answer(w, r, who)
}

func (d desk) ask(w http.ResponseWriter, r *http.Request) {
	var who []idp.Person
	for _, ref := range []trial.Person{trial.Known, trial.Fresh("1"), trial.Fresh("2")} {
		if p, ok := d.people[ref]; ok {
			who = append(who, p)
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = signIn.Execute(w, struct { // a browser that is gone needs no page
		Fields url.Values
		People []idp.Person
	}{r.PostForm, who})
}

// answer replays the browser's request to the identity provider, as the person.
func (d desk) answer(w http.ResponseWriter, r *http.Request, who idp.Person) {
	play := d.idp.Play(idp.Reply{Person: who, SP: d.sp, Rich: true}, http.DefaultTransport)
	u := *r.URL
	u.Scheme, u.Host = "http", d.idp.Hosts()[0]
	req, err := d.replay(r, &u)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	resp, err := play.RoundTrip(req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body) // a browser that is gone needs no answer
}

// replay is the request that brought the person here: a GET with the query, or
// the POST with the SAML form.
func (d desk) replay(r *http.Request, u *url.URL) (*http.Request, error) {
	if !r.PostForm.Has("SAMLRequest") {
		return http.NewRequestWithContext(r.Context(), http.MethodGet, u.String(), nil)
	}
	req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, u.String(), strings.NewReader(r.PostForm.Encode()))
	if err == nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req, err
}

// providerOf is the service provider of a target, from its own words or its
// metadata's.
func providerOf(ctx context.Context, t *target.Target) (idp.SP, error) {
	sp := idp.SP{EntityID: t.SP.EntityID}
	if t.SP.ACS != "" {
		sp.ACS = []string{t.SP.ACS}
	}
	if t.SP.Metadata == "" {
		return sp, nil
	}
	doc, err := suite.Document(ctx, t.SP.Metadata, nil)
	if err != nil {
		return sp, err
	}
	if err := metadata.RequireSP(doc); err != nil {
		return sp, err
	}
	if sp.EntityID == "" {
		sp.EntityID = doc.EntityID()
	}
	if acs, ok := doc.DefaultACS(); ok && len(sp.ACS) == 0 {
		sp.ACS = []string{acs.Location}
	}
	return sp, nil
}
