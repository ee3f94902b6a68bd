package setup

import (
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// Entra is what to enter on Entra's single sign-on page (Enterprise applications
// > the app > Single sign-on > SAML) for a service provider.
func Entra(sp *metadata.Doc) []Field {
	f := &form{sp: sp, section: "Basic SAML Configuration"}
	f.need("Identifier (Entity ID)", sp.EntityID(), "character by character; marked as default", "ask the vendor for its entityID", sp.Entity)
	posts := f.posts()
	if len(posts) == 0 {
		f.need("Reply URL (Assertion Consumer Service URL)", "", "", "ask the vendor for the ACS URL that takes HTTP-POST", nil)
	}
	for i, e := range posts {
		note := "marked as default: logins that begin at Entra go there"
		if i > 0 {
			note = "a further one, so that requests may name it (else AADSTS50011)"
		}
		f.add("Reply URL (Assertion Consumer Service URL)", e.Location, note, e.Element)
	}
	f.add("Sign on URL", "", "metadata does not say it: the page where the service's own login begins; without it My Apps logs in without a request", nil)
	f.add("Relay State", "", "leave empty, unless the vendor names a page", nil)
	f.entraLogout()
	f.entraNames()
	f.section = "SAML Certificates"
	f.add("Signing Option", "Sign SAML assertion", "Entra's default; \"Sign SAML response and assertion\" where the vendor wants both", nil)
	f.add("Signing Algorithm", "SHA-256", "Entra's default; never SHA-1", nil)
	f.entraRequests()
	f.entraEncryption()
	f.attributes("Attributes & Claims", "a claim of this name, without a namespace of its own")
	return f.fields
}

func (f *form) entraLogout() {
	e, _, ok := f.logout(message.Redirect)
	switch {
	case ok:
		f.add("Logout Url (Optional)", e.Location, "Entra logs out by HTTP-Redirect", e.Element)
	case len(f.sp.SLO(f.sp.SP())) > 0:
		f.add("Logout Url (Optional)", "", "leave empty: the service takes no logout by HTTP-Redirect, and Entra knows no other", f.sp.SLO(f.sp.SP())[0].Element)
	default:
		f.add("Logout Url (Optional)", "", "leave empty: the service offers no single logout", nil)
	}
}

func (f *form) entraNames() {
	f.section = "Attributes & Claims"
	word, uri, at := f.format(map[string]string{
		nameID1 + "emailAddress": "Email address", nameID1 + "unspecified": "Unspecified", nameID2 + "persistent": "Persistent",
		nameID1 + "WindowsDomainQualifiedName": "Windows domain qualified name",
	})
	source := "user.userprincipalname, or user.mail where addresses differ from user names"
	switch {
	case word == "Persistent":
		source = "a field that never changes, such as user.objectid"
	case word != "":
	case uri == nameID2+"transient":
		word, source = "Default", "a request that asks for a transient name gets one"
	case uri != "":
		word, source = "Default", "the service wants "+uri+", which Entra does not offer: ask the vendor"
	default:
		word, source = "Email address", "the metadata names none: ask the vendor; Entra sends an address by default"
	}
	f.add("Unique User Identifier (Name ID)", word, source, at)
}

func (f *form) entraRequests() {
	cert, at := f.certificate("signing")
	switch {
	case cert == "":
		f.add("Verification certificates (optional)", "", "leave off: the service publishes no key to check its requests with", nil)
	case f.sp.AuthnRequestsSigned():
		f.add("Verification certificates (optional)", cert, "upload it as a file and require it, if you want requests checked; logins that begin at Entra stop then", at)
	default:
		f.add("Verification certificates (optional)", "", "leave off: the service does not say that it signs its requests (else AADSTS76021)", at)
	}
}

func (f *form) entraEncryption() {
	f.section = "Token encryption"
	cert, at := f.certificate("encryption")
	if cert == "" {
		f.add("Import Certificate", "", "leave off: the service publishes no key to encrypt to", nil)
		return
	}
	f.add("Import Certificate", "", "leave off, or import "+cert+" and activate it", at)
}
