//go:build unix

package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// An sp is one configuration of a service provider and what is true of it,
// known from its source and manual and not from samlcheck.
type sp struct {
	name    string // as in the table
	folder  string // beside this file
	variant string
	view    bool   // its members can be listed
	with    string // the right verdict when samlcheck sees the members (or there is no view at all)
	without string // the right verdict when it does not
	version func(context.Context) string
}

// Six of them keep no accounts: whoever the IdP vouches for is let in, which
// is "admitted" and no more can be said.
func providers() []sp {
	return []sp{
		{name: "crewjam samlsp", folder: "samlsp", with: "admitted", without: "admitted", version: goModule("github.com/crewjam/saml")},
		{name: "node-saml", folder: "node-saml", with: "admitted", without: "admitted", version: npm("@node-saml/node-saml")},
		{name: "samlify", folder: "samlify", with: "admitted", without: "admitted", version: npm("samlify")},
		{name: "better-auth, sign-up off", folder: "better-auth", variant: "off", view: true, with: "not-provisioned", without: "shut", version: npm("@better-auth/sso")},
		{name: "better-auth, sign-up on", folder: "better-auth", variant: "on", view: true, with: "created", without: "admitted", version: npm("@better-auth/sso")},
		{name: "mod_auth_mellon", folder: "mellon", with: "admitted", without: "admitted", version: debian("libapache2-mod-auth-mellon")},
		{name: "Shibboleth SP", folder: "shibboleth", with: "admitted", without: "admitted", version: debian("libapache2-mod-shib")},
		{name: "SimpleSAMLphp", folder: "simplesamlphp", with: "admitted", without: "admitted", version: debian("simplesamlphp")},
	}
}

type job struct {
	sp   sp
	face string
}

func plan(only string) []job {
	var jobs []job
	for _, s := range providers() {
		if !strings.Contains(s.name, only) && !strings.Contains(s.folder, only) {
			continue
		}
		for _, face := range []string{"okta", "entra"} {
			jobs = append(jobs, job{sp: s, face: face})
		}
	}
	return jobs
}

// here is this folder, from the module's root, where `go run` is called.
const here = "scripts/interop"

func goModule(path string) func(context.Context) string {
	return func(ctx context.Context) string {
		out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Version}}", path).Output()
		if err != nil {
			return "?"
		}
		return strings.TrimPrefix(strings.TrimSpace(string(out)), "v")
	}
}

func npm(name string) func(context.Context) string {
	return func(context.Context) string {
		raw, err := os.ReadFile(filepath.Join(here, "node_modules", name, "package.json"))
		if err != nil {
			return "?"
		}
		var p struct {
			Version string `json:"version"`
		}
		if json.Unmarshal(raw, &p) != nil {
			return "?"
		}
		return p.Version
	}
}

// debian gives the upstream version: Debian's own revisions come and go with
// security updates and would change the table without changing the product.
func debian(pkg string) func(context.Context) string {
	return func(ctx context.Context) string {
		out, err := exec.CommandContext(ctx, "dpkg-query", "-W", "-f", "${Version}", pkg).Output()
		if err != nil {
			return "?"
		}
		v, _, _ := strings.Cut(string(out), "-")
		v, _, _ = strings.Cut(v, "+")
		return v
	}
}
