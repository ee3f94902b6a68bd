// Package face makes a mock identity provider's face from a target file's words.
package face

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/target"
)

// faces is the list: a further face is one package beside the two, and one line
// here.
func faces() []entry {
	return []entry{
		{"okta", func(c target.IdP) idp.Profile { return okta.New(oktaConfig(c)) }},
		{"entra", func(c target.IdP) idp.Profile { return entra.New(entraConfig(c)) }},
	}
}

type entry struct {
	name string
	make func(target.IdP) idp.Profile
}

// All lists the faces, in the order in which runs take them.
func All() []string {
	var out []string
	for _, f := range faces() {
		out = append(out, f.name)
	}
	return out
}

// New returns the face of that name, configured as the target file says.
func New(name string, c target.IdP) (idp.Profile, error) {
	for _, f := range faces() {
		if f.name == name {
			return f.make(c), nil
		}
	}
	return nil, fmt.Errorf("face: there is no face %q: choose %s", name, strings.Join(All(), " or "))
}

func oktaConfig(c target.IdP) okta.Config {
	return okta.Config{
		Org: c.Okta.Org, App: c.Okta.App, Sign: c.Okta.Sign, BaseURL: c.BaseURL, Issuer: c.Okta.Issuer, SLO: c.Okta.SLO,
		SHA1: c.Okta.SignatureAlgorithm == "RSA_SHA1", Settings: oktaSettings(c.Okta),
	}
}

func entraConfig(c target.IdP) entra.Config {
	return entra.Config{
		Tenant: c.Entra.Tenant, Sign: c.Entra.Sign, BaseURL: c.BaseURL,
		SHA1: c.Entra.SigningAlgorithm == "SHA-1", Settings: entraSettings(c.Entra),
	}
}
