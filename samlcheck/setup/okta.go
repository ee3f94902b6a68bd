package setup

import (
	"fmt"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// Okta is what to enter in Okta's app wizard (Applications > Create App
// Integration > SAML 2.0 > Configure SAML) for a service provider.
func Okta(sp *metadata.Doc) []Field {
	f := &form{sp: sp, section: "General"}
	posts := f.posts()
	acs := metadata.Endpoint{}
	if len(posts) > 0 {
		acs = posts[0]
	}
	f.need("Single sign-on URL", acs.Location, "leave \"Use this for Recipient URL and Destination URL\" ticked",
		"ask the vendor for the ACS URL that takes HTTP-POST", acs.Element)
	f.need("Audience URI (SP Entity ID)", sp.EntityID(), "character by character", "ask the vendor for its entityID", sp.Entity)
	f.add("Default RelayState", "", "leave empty, unless the vendor names a page for logins that begin at Okta", nil)
	f.oktaNames()
	f.section = "Advanced"
	f.add("Response", "Signed", "Okta's default", nil)
	f.add("Assertion Signature", "Signed", "Okta's default; the service cannot be hurt by two signatures", nil)
	f.add("Signature Algorithm", "RSA-SHA256", "Okta's default; never RSA-SHA1", nil)
	f.add("Digest Algorithm", "SHA256", "Okta's default", nil)
	f.oktaEncryption()
	f.oktaRequests()
	f.oktaLogout()
	for _, e := range posts[min(1, len(posts)):] {
		f.add("Other Requestable SSO URLs", e.Location, "index "+e.Index, e.Element)
	}
	f.attributes("Attribute Statements", "choose the user's field that it stands for")
	return f.fields
}

func (f *form) oktaNames() {
	word, uri, at := f.format(map[string]string{
		nameID1 + "emailAddress": "EmailAddress", nameID1 + "unspecified": "Unspecified", nameID2 + "persistent": "Persistent",
		nameID2 + "transient": "Transient", nameID1 + "X509SubjectName": "x509SubjectName",
	})
	user, why := "Okta username", "Okta's default"
	if word == "EmailAddress" {
		user, why = "Email", "the NameID is then an address even where usernames are none"
	}
	switch {
	case word != "":
		f.add("Name ID format", word, "", at)
	case uri != "":
		f.add("Name ID format", "Unspecified", "the service wants "+uri+", which Okta does not offer: ask the vendor", at)
	default:
		f.add("Name ID format", "Unspecified", "the metadata names none: ask the vendor; most services want EmailAddress", nil)
	}
	f.add("Application username", user, why, nil)
}

func (f *form) oktaEncryption() {
	if cert, at := f.certificate("encryption"); cert != "" {
		f.add("Assertion Encryption", "Unencrypted", "TLS protects the way; to encrypt, upload "+cert, at)
		return
	}
	f.add("Assertion Encryption", "Unencrypted", "the service publishes no key to encrypt to", nil)
}

func (f *form) oktaRequests() {
	cert, at := f.certificate("signing")
	switch {
	case cert == "":
		f.add("Signed Requests", "off", "the service publishes no key to check its requests with", nil)
	case f.sp.AuthnRequestsSigned():
		f.add("Signature Certificate", cert, "upload it as a file", at)
		f.add("Signed Requests", "on or off", "the service says that it signs its requests; on, Okta also insists on the ACS URL inside of them", nil)
	default:
		f.add("Signed Requests", "off", "the service does not say that it signs its requests", nil)
	}
}

func (f *form) oktaLogout() {
	e, answer, ok := f.logout(message.POST, message.Redirect)
	if !ok {
		f.add("Enable Single Logout", "off", "the service offers none", nil)
		return
	}
	cert, at := f.certificate("signing")
	if cert == "" {
		f.add("Enable Single Logout", "off", "Okta wants logout requests signed, and the service publishes no key", e.Element)
		return
	}
	f.add("Enable Single Logout", "on, if you want it", "needs the Signature Certificate: "+cert, at)
	f.add("Single Logout URL", answer, fmt.Sprintf("where Okta's answer goes, by %s", short(e.Binding)), e.Element)
	f.add("SP Issuer", f.sp.EntityID(), "", f.sp.Entity)
}

// short is the last part of a binding's URI.
func short(binding string) string {
	for i := len(binding) - 1; i >= 0; i-- {
		if binding[i] == ':' {
			return binding[i+1:]
		}
	}
	return binding
}
