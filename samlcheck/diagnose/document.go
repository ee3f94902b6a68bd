package diagnose

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/report"
)

// documents is D36: a file that the other side has to refuse.
func documents(s *scene) []report.Diagnosis {
	var out []report.Diagnosis
	for _, side := range []struct {
		what, from string
		ids        []string
	}{
		{"The identity provider's metadata", "the app's page in Okta or Entra", []string{"idpmetadata/valid-until-past", "idpmetadata/sso-missing", "idpmetadata/entityid-missing", "idpmetadata/signing-key-missing"}},
		{"The service provider's metadata", "the app's SSO page", []string{"spmetadata/valid-until-past", "spmetadata/acs-missing", "spmetadata/entityid-missing"}},
	} {
		if found := s.which(side.ids...); len(found) > 0 {
			out = append(out, one("D36", side.what+" cannot be used as it is: "+s.reasons(found)+".", theFile,
				"Download it again from "+side.from+". If the new one is no better, ask its vendor.", found...)...)
		}
	}
	return out
}

// seals are the ways to encrypt that were tried.
func seals() []string {
	return []string{
		"acceptance/encrypted-aes128-gcm", "acceptance/encrypted-aes256-gcm", "acceptance/encrypted-aes256-cbc",
		"acceptance/oaep-sha256", "acceptance/oaep-mask-sha256", "acceptance/oaep-all-sha256",
	}
}

// sealed is D37: what the app cannot decrypt.
func sealed(s *scene) []report.Diagnosis {
	if d := s.wrongRecipient(); d != nil {
		return d
	}
	bad := s.which(seals()...)
	if len(bad) == 0 {
		return nil
	}
	var good []string
	for _, id := range seals() {
		if s.held(id) {
			good = append(good, algorithm(id))
		}
	}
	reads := "nothing of what was tried: the key that it published may be none of its own"
	if len(good) > 0 {
		reads = strings.Join(good, ", ")
	}
	var not []string
	for _, id := range bad {
		not = append(not, algorithm(id))
	}
	key := "the app's metadata names no encryption certificate"
	if cs := s.encryptionKeys(); len(cs) > 0 {
		key = "key in use: " + keys(cs)
	}
	return one("D37", "The app does not decrypt "+strings.Join(not, ", ")+".", idpSettings,
		fmt.Sprintf("The app decrypts %s; %s. Choose one of these at the identity provider (Entra encrypts with AES-256-CBC), or leave encryption off.", reads, key), bad...)
}

func algorithm(id string) string {
	_, name, _ := strings.Cut(id, "/")
	return strings.TrimPrefix(name, "encrypted-")
}

func (s *scene) encryptionKeys() []*x509.Certificate {
	if s.SP == nil {
		return nil
	}
	var out []*x509.Certificate
	for _, c := range s.SP.Certificates(s.SP.SP(), "encryption") {
		if c.Cert != nil {
			out = append(out, c.Cert)
		}
	}
	return out
}

// wrongRecipient is D37 in a capture: encrypted for a key that is not the app's.
func (s *scene) wrongRecipient() []report.Diagnosis {
	own := s.encryptionKeys()
	if len(own) == 0 {
		return nil
	}
	for _, l := range s.unexplained() {
		for _, c := range l.answer.recipientKeys {
			if !slices.ContainsFunc(own, func(o *x509.Certificate) bool {
				return bytes.Equal(o.RawSubjectPublicKeyInfo, c.RawSubjectPublicKeyInfo)
			}) {
				return one("D37", fmt.Sprintf("The assertion was encrypted for the key of another certificate (%s) than the app's metadata names (%s).", key(c), keys(own)), idpSettings,
					"Upload the app's present encryption certificate at the identity provider: "+keys(own)+".", l.at)
			}
		}
	}
	return nil
}

// tooLarge is D38.
func tooLarge(s *scene) []report.Diagnosis {
	const remedy = "Filter the groups that are sent (Okta: Group Attribute Statements; Entra: Groups assigned to the application)."
	for _, l := range s.logins {
		for _, h := range l.Login {
			if !h.AtIdP && (h.Status == 413 || h.Status == 414 || h.Status == 431) && l.stage != entered {
				return one("D38", fmt.Sprintf("%s answered %d: what the browser sent is too large for it.", h.URL, h.Status), bothSides, remedy, l.at)
			}
		}
	}
	if found := s.which("measure/response-size", "acceptance/groups-many"); len(found) > 0 {
		return one("D38", "The app does not take a large response: "+s.reasons(found)+".", bothSides, remedy, found...)
	}
	return nil
}
