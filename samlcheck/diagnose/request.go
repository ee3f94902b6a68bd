package diagnose

import (
	"fmt"
	"slices"

	"example.com/samepage/samlcheck/report"
)

// acsUnregistered is D01 before any page shows it: an identity provider that was
// set up from the metadata will refuse.
func acsUnregistered(s *scene) []report.Diagnosis {
	if slices.Contains(s.said, "D01") || !s.violated("request/acs-not-in-metadata") {
		return nil
	}
	for _, l := range s.logins {
		if l.request == nil || l.request.ACSURL == "" {
			continue
		}
		acs, near := l.request.ACSURL, nearest(l.request.ACSURL, s.metadataACS())
		return one("D01", fmt.Sprintf("The app asks to be answered at %s, which its metadata does not name: Entra refuses that with AADSTS50011, Okta with a page 400.", acs), idpSettings,
			fmt.Sprintf("Add exactly this Reply URL to the Entra app, and in Okta to Other Requestable SSO URLs: %s. The metadata names %s: %s.", acs, near, differ(acs, near)),
			"request/acs-not-in-metadata", l.at)
	}
	return nil
}

// authnContextSeen is D05 before any page shows it: the app demands a way of
// signing in, and was seen to refuse another.
func authnContextSeen(s *scene) []report.Diagnosis {
	const asked, other = "request/authn-context-demanded", "acceptance/authn-class-other"
	if slices.Contains(s.said, "D05") || !s.violated(asked) || !s.violated(other) {
		return nil
	}
	return one("D05", "The app demands a way of signing in ("+s.because(asked)+") and refuses another: people who come by multi-factor, Windows or a certificate get AADSTS75011 from Entra, or are refused.",
		spItself, "Ask the vendor to drop RequestedAuthnContext, or to send Comparison=\"minimum\".", asked, other)
}
