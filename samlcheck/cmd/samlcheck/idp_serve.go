package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

// tokenVariable names the environment variable with the control API's token, for
// tests that would rather choose it than read it off the output.
const tokenVariable = "SAMLCHECK_CONTROL_TOKEN"

// serveFlags are idp serve's own.
type serveFlags struct {
	idpFlags
	addr string
	sps  []string

	faces, tenants []string

	requireSigned, slo, tls bool
}

func (a *app) idpServeCmd() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use: "serve", Short: "the mock identity provider for a person's own browser", Args: noArgs,
		Long: "Serves the identity provider at an address on this machine, with a page on which to choose who\n" +
			"signs in, and a front page with its metadata, its people and the last exchanges. Whoever reaches\n" +
			"it can sign in as anybody: it listens on loopback unless told otherwise. Upload the metadata that\n" +
			"it serves at /metadata. Without a target file and without --sp it answers any service provider on\n" +
			"this machine, and no other. Several faces, or tenants, have their pages under /okta/, /entra/,\n" +
			"/entra-2/ and so on, and the same people.\n\n" +
			"Programs drive it through /control/v1/ (docs/control-api.md), with the token that is printed, or\n" +
			"that stands in SAMLCHECK_CONTROL_TOKEN.",
		RunE: func(c *cobra.Command, _ []string) error { return a.serveIdP(c.Context(), f) },
	}
	f.addFolders(c)
	c.Flags().StringSliceVar(&f.faces, "face", []string{"okta"}, "okta or entra; may be repeated: all are served at one address")
	c.Flags().StringArrayVar(&f.tenants, "tenant", nil, "GUID of a further Entra tenant to serve; may be repeated")
	c.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8081", "where to listen")
	c.Flags().StringArrayVar(&f.sps, "sp", nil, "a service provider's metadata, a file or a URL; may be repeated")
	c.Flags().BoolVar(&f.requireSigned, "require-signed-requests", false, "refuse AuthnRequests that no certificate of the service provider's metadata verifies")
	c.Flags().BoolVar(&f.slo, "slo", false, "enable single logout for the Okta app (Entra always has it)")
	c.Flags().BoolVar(&f.tls, "tls", false, "serve https, with a local certificate authority that is made once in the state folder")
	return c
}

func (a *app) serveIdP(ctx context.Context, f serveFlags) error {
	t, found, err := f.load()
	if err != nil {
		return err
	}
	f.requireSigned = f.requireSigned || t.IdP.RequireSigned
	t.IdP.Okta.SLO = t.IdP.Okta.SLO || f.slo
	with, err := f.handlerOptions(ctx, t, found)
	if err != nil {
		return err
	}
	with.Log = func(line string) { fmt.Fprintln(a.err, line) }
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", f.addr)
	if err != nil {
		return hint("--addr names another address", "%w", err)
	}
	t.IdP.BaseURL = "http://" + ln.Addr().String()
	if f.tls {
		if ln, err = a.secure(ln, t); err != nil {
			return err
		}
	}
	h, err := a.handler(f, t, with)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	stop := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer stop()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// secure puts TLS on a listener and says whom to trust. On an error the listener
// is closed.
func (a *app) secure(ln net.Listener, t *target.Target) (net.Listener, error) {
	addr, ok := ln.Addr().(*net.TCPAddr)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%s is no TCP address", ln.Addr()), ln.Close())
	}
	config, ca, err := idp.LocalTLS(t.IdP.State, addr.IP, time.Now())
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	t.IdP.BaseURL = "https://" + addr.String()
	fmt.Fprintf(a.out, "trust      %s\n", ca)
	return tls.NewListener(ln, config), nil
}

// handlerOptions are the apps and the people that the flags and the target file
// name.
func (f serveFlags) handlerOptions(ctx context.Context, t *target.Target, found bool) (idp.HandlerOptions, error) {
	o := idp.HandlerOptions{Token: os.Getenv(tokenVariable), NameIDFormat: t.People.NameIDFormat, Rich: !t.People.Attributes.Plain}
	var sps []idp.SP
	if found {
		sp, err := providerOf(ctx, t)
		if err != nil {
			return o, err
		}
		sps = append(sps, sp)
	}
	for _, from := range f.sps {
		sp, err := read(ctx, from)
		if err != nil {
			return o, err
		}
		sps = append(sps, sp)
	}
	if err := f.demand(sps); err != nil {
		return o, err
	}
	if len(sps) > 0 {
		o.SP, o.More = sps[0], sps[1:]
	}
	if o.Token == "" {
		o.Token = rand.Text()
	}
	refs := []trial.Person{trial.Known, trial.Fresh("1"), trial.Fresh("2")}
	people := actor.People(t, "serve", refs)
	for _, ref := range refs {
		if p, ok := people[ref]; ok {
			o.People = append(o.People, p)
		}
	}
	return o, nil
}

// demand has every app's requests signed, where that was asked for.
func (f serveFlags) demand(sps []idp.SP) error {
	if !f.requireSigned {
		return nil
	}
	const what = "name the service provider's metadata, with its signing certificate: --sp FILE"
	if len(sps) == 0 {
		return hint(what, "requests cannot be required to be signed: there is no certificate to verify requests with")
	}
	for n := range sps {
		if len(sps[n].Certs) == 0 {
			return hint(what, "requests cannot be required to be signed: %s has no signing certificate", sps[n].EntityID)
		}
		sps[n].RequireSigned = true
	}
	return nil
}

func read(ctx context.Context, from string) (idp.SP, error) {
	doc, err := suite.Document(ctx, from, nil)
	if err != nil {
		return idp.SP{}, err
	}
	return idp.ReadSP(doc.Raw, from)
}

// providerOf is the service provider of a target: its metadata, and what the
// target file says itself, which wins.
func providerOf(ctx context.Context, t *target.Target) (sp idp.SP, err error) {
	if t.SP.Metadata != "" {
		if sp, err = read(ctx, t.SP.Metadata); err != nil {
			return sp, err
		}
	}
	if t.SP.EntityID != "" {
		sp.EntityID = t.SP.EntityID
	}
	if t.SP.ACS != "" {
		sp.ACS = append([]string{t.SP.ACS}, sp.ACS...)
	}
	return sp, nil
}
