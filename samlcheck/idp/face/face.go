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

// All lists the faces, in the order in which runs take them.
func All() []string { return []string{"okta", "entra"} }

// New returns the face of that name, configured as the target file says. A
// third face is one package beside the two and one case here.
func New(name string, c target.IdP) (idp.Profile, error) {
	switch name {
	case "okta":
		return okta.New(okta.Config{
			Org: c.Okta.Org, App: c.Okta.App, Sign: c.Okta.Sign, BaseURL: c.BaseURL, Issuer: c.Okta.Issuer, SLO: c.Okta.SLO,
			SHA1: c.Okta.SignatureAlgorithm == "RSA_SHA1", Settings: oktaSettings(c.Okta),
		}), nil
	case "entra":
		return entra.New(entra.Config{
			Tenant: c.Entra.Tenant, Sign: c.Entra.Sign, BaseURL: c.BaseURL,
			SHA1: c.Entra.SigningAlgorithm == "SHA-1", Settings: entraSettings(c.Entra),
		}), nil
	}
	return nil, fmt.Errorf("face: there is no face %q: choose %s", name, strings.Join(All(), " or "))
}
