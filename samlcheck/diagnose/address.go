package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/report"
)

// audience is D14: the response was meant for another name than the app's own.
func audience(s *scene) []report.Diagnosis {
	for _, l := range s.unexplained() {
		if len(l.answer.audiences) == 0 {
			continue
		}
		own, from := s.ownName(l)
		if own == "" || slices.Contains(l.answer.audiences, own) {
			continue
		}
		is := nearest(own, l.answer.audiences)
		return one("D14", fmt.Sprintf("The response is meant for %q, and the app calls itself %q (%s).", is, own, from), idpSettings,
			fmt.Sprintf("Use exactly %s as Audience URI (Okta) or Identifier (Entra): %s.", own, differ(is, own)), l.at)
	}
	return nil
}

// ownName is what the service calls itself: in its request, else in its metadata.
func (s *scene) ownName(l login) (name, from string) {
	if l.request != nil && l.request.Issuer != "" {
		return l.request.Issuer, "Issuer of its request"
	}
	if s.SP != nil {
		return s.SP.EntityID(), "entityID in its metadata"
	}
	return "", ""
}

// addresses is D15: the response names another address than the one where it was
// delivered, or was delivered to one that the metadata does not name.
func addresses(s *scene) []report.Diagnosis {
	for _, l := range s.unexplained() {
		at := l.Sent.URL
		if at == "" {
			continue
		}
		for _, named := range []struct{ what, url string }{
			{"Destination", l.answer.destination}, {"Recipient", nearest(at, l.answer.recipients)},
		} {
			if named.url == "" || named.url == at {
				continue
			}
			return one("D15", fmt.Sprintf("The response was delivered to %s, and its %s says %s: %s.", at, named.what, named.url, differ(named.url, at)),
				blameScheme(named.url, at), "Set the Single sign-on URL (Okta) or Reply URL (Entra) to exactly "+s.rightACS(at)+
					schemeWords(named.url, at), l.at)
		}
		if all := s.metadataACS(); len(all) > 0 && !slices.Contains(all, at) {
			near := nearest(at, all)
			return one("D15", fmt.Sprintf("The response was delivered to %s, and the app's metadata names %s: %s.", at, near, differ(at, near)), idpSettings,
				"Set the Single sign-on URL (Okta) or Reply URL (Entra) to exactly "+near+".", l.at)
		}
	}
	return nil
}

func (s *scene) rightACS(at string) string {
	if near := nearest(at, s.metadataACS()); near != "" {
		return near
	}
	return at
}

// onlyScheme says that two addresses differ in http and https alone.
func onlyScheme(a, b string) bool {
	return strings.TrimPrefix(a, "https") == strings.TrimPrefix(b, "http") || strings.TrimPrefix(a, "http") == strings.TrimPrefix(b, "https")
}

func blameScheme(a, b string) string {
	if onlyScheme(a, b) {
		return bothSides
	}
	return idpSettings
}

func schemeWords(a, b string) string {
	if onlyScheme(a, b) {
		return ". Where that is set so already, a proxy in front of the app hides https from it: the vendor has to tell the app its outer address (X-Forwarded-Proto)."
	}
	return "."
}
