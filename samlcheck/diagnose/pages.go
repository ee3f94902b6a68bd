package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/report"
)

// refusedPages reads the identity provider's pages: D01 to D09.
func refusedPages(s *scene) []report.Diagnosis {
	var out []report.Diagnosis
	seen := map[string]bool{}
	for _, l := range s.logins {
		f, ok := refusalOn(l, s.Record.Face)
		if !ok || seen[f.code] || l.stage == entered {
			continue
		}
		seen[f.code] = true
		d := s.explain(l, f)
		d.RestsOn = append(d.RestsOn, l.at)
		if f.ids != "" {
			d.Remedy += " For Microsoft's support: " + f.ids + "."
		}
		out = append(out, d)
	}
	return out
}

// explain is the diagnosis of one page.
func (s *scene) explain(l login, f found) report.Diagnosis {
	if status, isOkta := strings.CutPrefix(f.code, "okta-"); isOkta {
		return s.oktaPage(l, status)
	}
	by := "AADSTS" + f.code
	c, known := codes()[f.code]
	if !known {
		return report.Diagnosis{ID: by, Cause: "Entra refused with " + by + ", which this version does not know.", Blames: nobodyYet,
			Remedy: "Look it up at https://login.microsoftonline.com/error?code=" + f.code + "."}
	}
	switch c.row {
	case "D01":
		return s.replyURL(l, by)
	case "D02":
		return s.identifier(l, by)
	case "D03":
		return notAssigned(by)
	case "D04":
		return report.Diagnosis{ID: "D04", Cause: "The person's account is disabled in the directory (" + by + ").", Blames: assignment,
			Remedy: "Enable the user in Entra, or take him off the list of those who should get in. The app never saw this login."}
	case "D05":
		return contextRefused(l, by)
	case "D06":
		return s.malformed(l, by, c.cause)
	case "D07":
		return policyRefused(l, by)
	case "D08":
		return s.unsigned(l, by)
	case "D09":
		return report.Diagnosis{ID: "D09", Cause: "The attribute from which Entra makes the NameID is empty for this person (" + by + ").", Blames: idpClaims,
			Remedy: "In Entra, Attributes & Claims, map Unique User Identifier to an attribute that everybody has (user.userprincipalname), or fill it in for this person."}
	}
	return report.Diagnosis{ID: by, Cause: "Entra refused with " + by + ": " + c.cause + ".", Blames: c.blames, Remedy: c.remedy}
}

// replyURL is D01 with the address, and where it differs from the metadata's.
func (s *scene) replyURL(l login, by string) report.Diagnosis {
	d := report.Diagnosis{ID: "D01", Blames: idpSettings}
	acs := ""
	if l.request != nil {
		acs = l.request.ACSURL
	}
	if acs == "" {
		d.Cause = "The ACS of the request is none of the app's reply URLs in Entra (" + by + "); the request itself names none."
		d.Remedy = "Add the app's ACS as Reply URL: Single sign-on > Basic SAML Configuration" + or(": ", strings.Join(s.metadataACS(), ", ")) + "."
		return d
	}
	d.Cause = fmt.Sprintf("The app asks to be answered at %s, which is none of its reply URLs in Entra (%s).", acs, by)
	d.Remedy = "Add exactly this Reply URL to the Entra app (Single sign-on > Basic SAML Configuration): " + acs + "."
	switch all := s.metadataACS(); {
	case len(all) == 0:
	case slices.Contains(all, acs):
		d.Remedy += " The app's metadata names it, too: it is the one in Entra that is written otherwise."
	default:
		near := nearest(acs, all)
		d.Remedy += fmt.Sprintf(" The app's metadata names %s: %s.", near, differ(acs, near))
	}
	return d
}

// identifier is D02.
func (s *scene) identifier(l login, by string) report.Diagnosis {
	d := report.Diagnosis{ID: "D02", Blames: idpSettings, Cause: "Entra knows no app by the Issuer of the request (" + by + ").",
		Remedy: "Set Identifier (Entity ID) in Entra to the Issuer that the app sends."}
	if l.request == nil || l.request.Issuer == "" {
		return d
	}
	issuer := l.request.Issuer
	d.Cause = fmt.Sprintf("Entra knows no app by the Issuer of the request, %q (%s).", issuer, by)
	d.Remedy = "Set Identifier (Entity ID) in Entra to exactly this: " + issuer + "."
	if s.SP != nil && s.SP.EntityID() != issuer {
		d.Remedy += fmt.Sprintf(" The app's metadata says %s: %s; ask the vendor which of the two it is.", s.SP.EntityID(), differ(issuer, s.SP.EntityID()))
	}
	if l.Request != nil && l.Request.URL != "" {
		d.Remedy += " If it is set so already, the app sends people to the wrong tenant: " + l.Request.URL + "."
	}
	return d
}

func notAssigned(by string) report.Diagnosis {
	return report.Diagnosis{ID: "D03", Cause: "The person is not assigned to the app (" + by + "): the app never saw this login.", Blames: assignment,
		Remedy: "Assign the person, or a group of his, to the app in Okta or Entra, and try again."}
}

// contextRefused is D05.
func contextRefused(l login, by string) report.Diagnosis {
	d := report.Diagnosis{ID: "D05", Blames: spItself, Cause: "The app demands a way of signing in, and the person had signed in otherwise (" + by + ").",
		Remedy: "Ask the vendor to drop RequestedAuthnContext, or to send Comparison=\"minimum\". Until then, a new private window and a sign-in by password get through."}
	if l.request != nil && l.request.RequestedAuthnContext != nil {
		d.Cause += " It demands " + strings.Join(l.request.RequestedAuthnContext.Classes, ", ") + "."
	}
	return d
}

// malformed is D06: what the app sends, and where to.
func (s *scene) malformed(l login, by, what string) report.Diagnosis {
	d := report.Diagnosis{ID: "D06", Blames: spItself, Cause: "Entra cannot take what the app sent (" + by + ")" + or(": ", what) + "."}
	if l.Request == nil {
		d.Cause += " No request that can be read was seen."
		d.Remedy = "Ask the vendor for a login that begins with an AuthnRequest by HTTP-Redirect or HTTP-POST" + s.ssoWords() + "."
		return d
	}
	d.Remedy = fmt.Sprintf("The app sends %s to %s", l.Request.Binding, l.Request.URL)
	if l.request != nil && l.request.Destination != "" && l.request.Destination != l.Request.URL {
		d.Remedy += fmt.Sprintf(" with Destination %s (%s)", l.request.Destination, differ(l.request.Destination, l.Request.URL))
	}
	d.Remedy += ". Entra takes HTTP-Redirect (deflated) and HTTP-POST" + s.ssoWords() + "; show the vendor the request in the evidence."
	return d
}

func (s *scene) ssoWords() string {
	if s.IdP == nil || len(s.IdP.SSO()) == 0 {
		return ""
	}
	return ", at " + s.IdP.SSO()[0].Location
}

// policyRefused is D07.
func policyRefused(l login, by string) report.Diagnosis {
	d := report.Diagnosis{ID: "D07", Blames: spItself, Cause: "The request holds something that Entra refuses (" + by + ").",
		Remedy: "Ask the vendor to send no NameIDPolicy, Subject or Scoping, or set the NameID in Entra to the format that is asked for."}
	if l.request == nil {
		return d
	}
	var has []string
	if p := l.request.NameIDPolicy; p != nil {
		has = append(has, "NameIDPolicy"+or(" Format ", p.Format)+or(" SPNameQualifier ", p.SPNameQualifier))
		if p.Format != "" {
			d.Remedy = "Set the NameID of the app in Entra (Attributes & Claims, Unique User Identifier) to " + p.Format + ", or ask the vendor to send no NameIDPolicy."
		}
	}
	if l.request.Subject != nil {
		has = append(has, "Subject")
	}
	if sc := l.request.Scoping; sc != nil {
		for _, name := range []string{"IDPList", "RequesterID"} {
			if message.Child(sc, message.NSProtocol, name) != nil {
				has = append(has, "Scoping with "+name)
			}
		}
		if n, ok := message.Attr(sc, "ProxyCount"); ok {
			has = append(has, "Scoping with ProxyCount "+n)
		}
	}
	if len(has) > 0 {
		d.Cause += " It has: " + strings.Join(has, "; ") + "."
	}
	return d
}

// unsigned is D08.
func (s *scene) unsigned(l login, by string) report.Diagnosis {
	if strings.HasSuffix(by, "76026") {
		d := report.Diagnosis{ID: "D08", Cause: "Entra calls the request too old (" + by + ").", Blames: clocks, Remedy: "Set the app's clock by NTP."}
		if l.request != nil {
			d.Remedy = fmt.Sprintf("The request says that it was made at %s, and was sent at %s: set the app's clock by NTP.",
				l.request.IssueInstant, l.Began.UTC().Format("2006-01-02T15:04:05Z"))
		}
		return d
	}
	return report.Diagnosis{ID: "D08", Cause: "The app in Entra wants signed requests, and this one is not signed (" + by + ").", Blames: idpSettings,
		Remedy: "Turn off Require verification certificates in Entra (SAML Certificates > Verification certificates), or have the vendor sign and upload his certificate there."}
}

func or(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}
