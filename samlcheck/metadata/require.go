package metadata

import (
	"fmt"
	"strings"
)

// RequireSP returns an *Error when the document does not describe a service provider.
func RequireSP(d *Doc) error {
	switch d.Kind() {
	case SP, Both:
		return nil
	case IdP:
		return &Error{Source: d.Source,
			Problem: fmt.Sprintf("this is identity-provider metadata (entityID %s), not the service provider's", d.called()),
			Hint:    "this file is the one to upload to the app; the app's own metadata comes from its SSO page"}
	case Neither:
	}
	return &Error{Source: d.Source, Problem: fmt.Sprintf("entity %s has no SPSSODescriptor, so it is no SAML service provider", d.called()),
		Hint: "take the metadata from the app's SSO page"}
}

// RequireIdP returns an *Error when the document does not describe an identity provider.
func RequireIdP(d *Doc) error {
	switch d.Kind() {
	case IdP, Both:
		return nil
	case SP:
		return &Error{Source: d.Source,
			Problem: fmt.Sprintf("this is service-provider metadata (entityID %s), not the identity provider's", d.called()),
			Hint: "this file describes the app; in Okta the identity provider's is under Sign On > SAML Metadata, " +
				"in Entra it is the Federation Metadata XML of the app's SAML page"}
	case Neither:
	}
	return &Error{Source: d.Source, Problem: fmt.Sprintf("entity %s has no IDPSSODescriptor, so it is no SAML identity provider", d.called()),
		Hint: "in Okta take the Metadata URL under Sign On, in Entra the Federation Metadata XML of the app's SAML page"}
}

// called is the entityID as it stands in a sentence: who writes five megabytes there
// need not see them all again.
func (d *Doc) called() string {
	const most = 256
	if id := d.EntityID(); len(id) > most {
		return strings.ToValidUTF8(id[:most], "") + "..."
	}
	return d.EntityID()
}
