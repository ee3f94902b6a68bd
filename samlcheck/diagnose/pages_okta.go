package diagnose

import (
	"fmt"
	"slices"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/report"
)

// oktaPage explains a page of Okta by its status. One of 400 says nothing of its
// reason: what is wrong with the request is looked for in the request.
func (s *scene) oktaPage(l login, status string) report.Diagnosis {
	by := "Okta's page " + status
	switch status {
	case "403":
		return notAssigned(by)
	case "404":
		return s.unknownApp(l, by)
	}
	switch r := l.request; {
	case r == nil:
		return report.Diagnosis{ID: "D06", Cause: "Okta cannot take what the app sent (" + by + "), and no AuthnRequest that can be read was seen.",
			Blames: spItself, Remedy: "Show the vendor what is in the evidence."}
	case r.ACSURL != "" && s.SP != nil && !slices.Contains(s.metadataACS(), r.ACSURL):
		near := nearest(r.ACSURL, s.metadataACS())
		return report.Diagnosis{ID: "D01", Cause: fmt.Sprintf("The app asks to be answered at %s (%s), which its metadata does not name.", r.ACSURL, by), Blames: idpSettings,
			Remedy: fmt.Sprintf("Add exactly this address in Okta under Other Requestable SSO URLs: %s. The metadata names %s: %s.", r.ACSURL, near, differ(r.ACSURL, near))}
	case s.violated("request/signature-broken"):
		return report.Diagnosis{ID: "D08", Cause: "The signature of the request does not fit the app's certificate (" + by + ").", Blames: spItself,
			Remedy: "Upload the app's present certificate in Okta (Signature Certificate), or turn Signed Requests off.", RestsOn: []string{"request/signature-broken"}}
	case s.unlisted(r.NameIDPolicy):
		return report.Diagnosis{ID: "D07", Cause: fmt.Sprintf("The app asks for a NameID of format %s (%s), which is not the one that is set up.", r.NameIDPolicy.Format, by), Blames: idpSettings,
			Remedy: "Set Name ID format in Okta to " + r.NameIDPolicy.Format + ", or ask the vendor to send no NameIDPolicy."}
	}
	return report.Diagnosis{ID: "D40", Cause: "Not decided: Okta refused the request (" + by + ") and does not say why. Nothing in the request differs from the documents that were given.",
		Blames: nobodyYet, Remedy: fmt.Sprintf("In Okta compare, character by character, the Single sign-on URL with %q and the Audience URI with %q, "+
			"look whether Signed Requests is on, and find the event in the System Log.", l.request.ACSURL, l.request.Issuer)}
}

// unlisted says that the request asks for a format that the identity provider's
// metadata does not list, though it lists some.
func (s *scene) unlisted(p *message.NameIDPolicy) bool {
	if p == nil || p.Format == "" || s.IdP == nil {
		return false
	}
	formats := s.IdP.NameIDFormats(s.IdP.IdP())
	return len(formats) > 0 && !slices.Contains(formats, p.Format)
}

// unknownApp is D06 of Okta: the request went to an address that is no app's.
func (s *scene) unknownApp(l login, by string) report.Diagnosis {
	d := report.Diagnosis{ID: "D06", Blames: spSettings, Cause: "Okta has no app at the address that the app under test sends people to (" + by + ")."}
	if l.Request != nil {
		d.Cause = fmt.Sprintf("Okta has no app at %s (%s).", l.Request.URL, by)
	}
	d.Remedy = "Enter the app's Single Sign-On URL from Okta (Sign On > SAML setup instructions) at the service provider."
	if s.IdP != nil && l.Request != nil {
		var all []string
		for _, e := range s.IdP.SSO() {
			all = append(all, e.Location)
		}
		if near := nearest(l.Request.URL, all); near != "" && near != l.Request.URL {
			d.Remedy = fmt.Sprintf("Enter this Single Sign-On URL at the service provider: %s. It sends people to another: %s.", near, differ(l.Request.URL, near))
		}
	}
	return d
}
