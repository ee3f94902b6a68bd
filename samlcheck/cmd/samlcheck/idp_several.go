package main

import (
	"fmt"
	"net/http"
	"regexp"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

var guid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// handler serves the faces and tenants that were asked for, and says where.
func (a *app) handler(f serveFlags, t *target.Target, with idp.HandlerOptions) (http.Handler, error) {
	idps, err := f.openAll(t)
	if err != nil {
		return nil, err
	}
	at := t.IdP.BaseURL
	if len(idps) == 1 {
		fmt.Fprintf(a.out, "Mock %s at %s\nmetadata   %s/metadata\ncontrol    %s/control/v1/\ntoken      %s\nsign in    %s\n",
			idps[0].Name(), at, at, at, with.Token, idps[0].Launch())
		return idps[0].Handler(with), nil
	}
	h, err := idp.Several(with, idps...)
	if err != nil {
		return nil, hint("name each face once; --tenant GUID is a further Entra tenant", "%w", err)
	}
	fmt.Fprintf(a.out, "Mocks at %s, each with its pages, /metadata and /control/v1/ under\n", at)
	for _, prefix := range idp.Prefixes(idps...) {
		fmt.Fprintf(a.out, "%-10s %s%s\n", prefix[1:], at, prefix)
	}
	fmt.Fprintf(a.out, "token      %s\nsign in    %s/\n", with.Token, at)
	return h, nil
}

// openAll opens every identity provider, the further tenants last. A tenant
// differs in its GUID, and so in its paths and keys; all else is as the target
// file has it.
func (f serveFlags) openAll(t *target.Target) ([]*idp.IdP, error) {
	var out []*idp.IdP
	add := func(face string, t *target.Target) error {
		i, err := suite.IdP(face, suite.Options{Loaded: t})
		if err == nil {
			out = append(out, i)
		}
		return err
	}
	for _, face := range f.faces {
		if err := add(face, t); err != nil {
			return nil, err
		}
	}
	for _, tenant := range f.tenants {
		if !guid.MatchString(tenant) {
			return nil, hint("a tenant is a GUID in lower case: --tenant 11111111-0000-4000-8000-000000000000", "%q is no tenant", tenant)
		}
		other := *t
		other.IdP.Entra.Tenant = tenant
		if err := add("entra", &other); err != nil {
			return nil, err
		}
	}
	if len(out) == 0 {
		return nil, hint("--face okta, --face entra, or both", "no face was named")
	}
	return out, nil
}
