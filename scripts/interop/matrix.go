//go:build unix

package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// An sp is one configuration of a service provider and what is true of it,
// known from its source and manual and not from samlcheck.
type sp struct {
	name    string // as in the table
	folder  string // beside this file
	variant string
	view    bool     // its members can be listed
	with    string   // the right verdict when samlcheck sees the members (or there is no view at all)
	without string   // the right verdict when it does not
	objects []string // checks that must object to it: the flaw that this version is known for
	silent  []string // checks that must hold: the same flaw, mended
	checks  []string // what is run; empty is the whole catalogue
	brief   bool     // it is here for what it does with newcomers: the profile quick as both, no signing options
	allows  []need   // options that it accepts only when told to; the others it must accept as it is
	version func(context.Context) string
}

// Those without a view keep no accounts: whoever the IdP vouches for is let in, which
// is "admitted" and no more can be said.
func providers() []sp {
	return []sp{
		{name: "crewjam samlsp", folder: "samlsp", with: "admitted", without: "admitted", version: goModule("github.com/crewjam/saml")},
		{name: "crewjam samlsp 0.4.8", folder: "samlsp-0.4", variant: "v0.4.8", checks: forged(), objects: ofCVE202241912(), with: "admitted", without: "admitted", version: fixed("0.4.8")},
		{name: "crewjam samlsp 0.4.9", folder: "samlsp-0.4", variant: "v0.4.9", checks: forged(), silent: ofCVE202241912(), with: "admitted", without: "admitted", version: fixed("0.4.9")},
		{name: "samlify 2.9.1", folder: "samlify", variant: "2.9.1", checks: forged(), objects: ofCVE202547949(), allows: ofSamlifysSettings(), with: "admitted", without: "admitted", version: npm("samlify-2.9.1")},
		{name: "samlify 2.10.0", folder: "samlify", variant: "2.10.0", checks: forged(), silent: ofCVE202547949(), allows: ofSamlifysSettings(), with: "admitted", without: "admitted", version: npm("samlify-2.10.0")},
		{name: "node-saml", folder: "node-saml", allows: ofNodeSAMLsSettings(), with: "admitted", without: "admitted", version: npm("@node-saml/node-saml")},
		{name: "samlify", folder: "samlify", allows: ofSamlifysSettings(), with: "admitted", without: "admitted", version: npm("samlify")},
		{name: "better-auth, sign-up off", folder: "better-auth", variant: "off", allows: ofBetterAuthsSettings(), view: true, with: "not-provisioned", without: "shut", version: npm("@better-auth/sso")},
		{name: "better-auth, sign-up on", folder: "better-auth", variant: "on", allows: ofBetterAuthsSettings(), view: true, with: "created", without: "admitted", version: npm("@better-auth/sso")},
		{name: "djangosaml2, unknown refused", folder: "djangosaml2", variant: "off", brief: true, view: true, with: "not-provisioned", without: "shut", version: debian("python3-django-saml2")},
		{name: "djangosaml2, unknown created", folder: "djangosaml2", variant: "on", brief: true, view: true, with: "created", without: "admitted", version: debian("python3-django-saml2")},
		{name: "djangosaml2, created to wait", folder: "djangosaml2", variant: "waiting", brief: true, view: true, with: "created-waiting", without: "shut", version: debian("python3-django-saml2")},
		{name: "python-social-auth, unknown refused", folder: "social-auth", variant: "off", brief: true, view: true, with: "not-provisioned", without: "shut", version: debian("python3-social-auth-core")},
		{name: "python-social-auth, unknown created", folder: "social-auth", variant: "on", brief: true, view: true, with: "created", without: "admitted", version: debian("python3-social-auth-core")},
		{name: "mod_auth_mellon", folder: "mellon", with: "admitted", without: "admitted", version: debian("libapache2-mod-auth-mellon")},
		{name: "Shibboleth SP", folder: "shibboleth", with: "admitted", without: "admitted", version: debian("libapache2-mod-shib")},
		{name: "SimpleSAMLphp", folder: "simplesamlphp", with: "admitted", without: "admitted", version: debian("simplesamlphp")},
	}
}

// forged is what the versions before and after a flaw are run for.
func forged() []string { return []string{"provisioning", "signature", "wrapping", "parser"} }

// ofCVE202241912 are the checks that see crewjam/saml verify the first assertion
// and read the last.
func ofCVE202241912() []string {
	return []string{"signature/second-assertion", "wrapping/second-badly-signed"}
}

// ofCVE202547949 is the check that sees samlify read another assertion than the
// one that a signature on the Response refers to.
func ofCVE202547949() []string { return []string{"wrapping/signature-on-response"} }

// The needs of all SPs that have some, read in their sources. crewjam/saml,
// mellon, Shibboleth and SimpleSAMLphp take one signature or two, wherever they
// are, and decrypt with the key that they publish.

func ofNodeSAMLsSettings() []need {
	return []need{{
		set: "response", of: responseOnly,
		because: "`wantAssertionsSigned: true`, the library's default, refuses an assertion without a signature of its own, encrypted or not (`validatePostResponseAsync`, lib/saml.js); with `false` the response's is enough.",
	}}
}

func ofSamlifysSettings() []need {
	return []need{{
		set: "encrypted", of: encryptedOnly, unsent: true,
		because: "`isAssertionEncrypted` of the IdP decides: with `true` plain assertions are refused, without it encrypted ones (`postFlow`, build/src/flow.js). Set with it: `encPrivateKey`, `encryptCert`.",
	}}
}

func ofBetterAuthsSettings() []need {
	return []need{
		{
			set: "response", of: responseOnly,
			because: "`wantAssertionsSigned: true` refuses with SAML_ASSERTION_SIGNATURE_REQUIRED (`processSAMLResponse`, @better-auth/sso dist/index.mjs); with `false` the response's signature is enough.",
		},
		{
			set: "encrypted", of: encryptedOnly, unsent: true,
			because: "`idpMetadata.isAssertionEncrypted` decides, as in samlify, which it is built on. Set with it: `spMetadata.encPrivateKey`, and `spMetadata.metadata`, since `createSP` publishes no key to encrypt for (@better-auth/sso dist/index.mjs).",
		},
	}
}

type job struct {
	sp    sp
	face  string
	quick bool // what a roll-out needs, and what the version is known for; no more
}

// optioned says whether each signing option is tried at it.
func (s sp) optioned() bool { return len(s.checks) == 0 && !s.brief }

// faces are both; what a version is known for does not depend on the face.
func (s sp) faces() []string {
	if len(s.checks) > 0 {
		return []string{"okta"}
	}
	return []string{"okta", "entra"}
}

// scope is what is run: the whole catalogue as Okta; as Entra, whose forgeries are
// the same, and of what is brief, what a roll-out needs.
func (j job) scope() []string {
	switch {
	case j.quick && len(j.sp.checks) > 0:
		return slices.Concat([]string{"provisioning/jit-on-first-login"}, j.sp.objects, j.sp.silent)
	case len(j.sp.checks) > 0:
		return j.sp.checks
	case j.quick, j.sp.brief, j.face == "entra":
		return []string{"--profile", "quick"}
	}
	return nil
}

func plan(only string, quick bool) []job {
	var jobs []job
	for _, s := range providers() {
		if !strings.Contains(s.name, only) && !strings.Contains(s.folder, only) {
			continue
		}
		for _, face := range s.faces() {
			jobs = append(jobs, job{sp: s, face: face, quick: quick})
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

// fixed is the version of a provider whose own go.mod says it.
func fixed(v string) func(context.Context) string {
	return func(context.Context) string { return v }
}
