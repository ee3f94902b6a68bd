package diagnose

import (
	"crypto/x509"
	"fmt"
	"strings"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// certificates is D10 and D11: the response was signed with a key that is not in
// the metadata. Only a captured response can show it; the harness signs with its own.
func certificates(s *scene) []report.Diagnosis {
	if s.IdP == nil {
		return nil
	}
	for _, l := range s.unexplained() {
		if l.Sent.Signature != transcript.SignatureOther || len(l.answer.inside) == 0 {
			continue
		}
		used, given := l.answer.inside[0], s.IdP.SigningCertificates(s.IdP.IdP())
		if len(given) == 0 {
			continue
		}
		should := fmt.Sprintf("The response was signed with another key (%s) than the metadata of the identity provider names (%s).", key(used), keys(given))
		if newer(used, given) {
			return one("D11", should+" The key in use is the younger one: the identity provider's certificate was changed.", spSettings,
				"Upload the current metadata or signing certificate at the app ("+key(used)+"). If the app was given a metadata URL, it does not follow it: "+
					"plan the next change, and upload before it.", l.at)
		}
		return one("D10", should, spSettings, "Upload the certificate that the identity provider signs with at the app: "+key(used)+
			". If the app has it already, this metadata is not the app's: download it again from the app's page in Okta or Entra.", l.at)
	}
	return nil
}

func newer(used *x509.Certificate, given []*x509.Certificate) bool {
	for _, c := range given {
		if !used.NotBefore.After(c.NotBefore) {
			return false
		}
	}
	return true
}

func keys(cs []*x509.Certificate) string {
	var out []string
	for _, c := range cs {
		out = append(out, key(c))
	}
	return strings.Join(out, "; ")
}

// part is one way of signing a response, as the vendors call it.
type part struct{ check, words, okta, entra string }

func parts() []part {
	return []part{
		{"response/signed-both", "response and assertion", "Response: Signed, Assertion Signature: Signed", "Sign SAML response and assertion"},
		{"response/signed-assertion-only", "the assertion alone", "Response: Unsigned, Assertion Signature: Signed", "Sign SAML assertion"},
		{"response/signed-response-only", "the response alone", "Response: Signed, Assertion Signature: Unsigned", "Sign SAML response"},
	}
}

// signedParts is D12: of the ways to sign, the app takes some.
func signedParts(s *scene) []report.Diagnosis {
	var takes []part
	var refuses, rests []string
	for _, p := range parts() {
		switch {
		case s.held(p.check):
			takes = append(takes, p)
		case s.violated(p.check):
			refuses, rests = append(refuses, p.words), append(rests, p.check)
		}
	}
	if len(refuses) == 0 || len(takes) == 0 {
		return s.signedUnwanted()
	}
	return one("D12", "The app does not take a response signed over "+strings.Join(refuses, ", nor over ")+"; Entra signs the assertion alone unless told otherwise, Okta both.", idpSettings,
		fmt.Sprintf("In Entra set Signing Option to '%s'; in Okta set %s.", takes[0].entra, takes[0].okta), append(rests, takes[0].check)...)
}

// signedUnwanted is D12 in a capture: the metadata asks for signed assertions.
func (s *scene) signedUnwanted() []report.Diagnosis {
	if s.SP == nil || !s.SP.WantAssertionsSigned() {
		return nil
	}
	for _, l := range s.unexplained() {
		if l.stage == turnedOut && l.answer.assertions > 0 && !l.answer.aSigned {
			return one("D12", "The app's metadata wants signed assertions, and the assertion that came is not signed itself.", idpSettings,
				"In Entra set Signing Option to 'Sign SAML response and assertion'; in Okta set Assertion Signature: Signed.", l.at)
		}
	}
	return nil
}

// weakSignature is D13: the app takes SHA-256 only, and the identity provider
// signs with SHA-1. An HMAC is no identity provider's signature, whatever it is
// made with.
func weakSignature(s *scene) []report.Diagnosis {
	for _, l := range s.unexplained() {
		if l.stage != turnedOut {
			continue
		}
		for _, alg := range append(append([]string{}, l.answer.signed...), l.answer.digests...) {
			if strings.HasSuffix(alg, "sha1") && !strings.Contains(alg, "hmac") {
				return one("D13", "The response is signed with SHA-1 ("+alg+"), and was refused.", bothSides,
					"Set Signing Algorithm to SHA-256 (Entra: SAML Certificates; Okta: Signature Algorithm and Digest Algorithm): services refuse SHA-1 since they were hardened.", l.at)
			}
		}
	}
	return nil
}
