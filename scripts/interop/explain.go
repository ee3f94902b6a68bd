//go:build unix

package main

import (
	"fmt"
	"slices"
	"strings"
)

// explanations says, by folder and check, why a real service provider got a bad
// mark, and where that stands in its own source or manual. It is written by
// hand, after reading there: a finding without an explanation is taken for a
// false alarm until somebody has looked, and fails the run; so does an
// explanation of what is no longer found.
func explanations() map[string]map[string]string {
	return map[string]map[string]string{
		"samlsp":        ofSamlsp(),
		"node-saml":     ofNodeSAML(),
		"samlify":       ofSamlify(),
		"better-auth":   ofBetterAuth(),
		"mellon":        ofMellon(),
		"shibboleth":    ofShibboleth(),
		"simplesamlphp": ofSimpleSAMLphp(),
	}
}

// plain is the same everywhere: the scripts' pages list the attributes, and
// Okta sends none until an administrator has named some.
const plain = "With plain attributes Okta sends none, and the page that lists them is then another page: samlcheck does not guess whose."

func ofSamlsp() map[string]string {
	return map[string]string{
		"provisioning/plain-attributes-enough": plain,
		"pairing/slo-binding-no-overlap":       "`samlsp.New` publishes single logout by HTTP-POST where `LogoutBindings` names no other (samlsp/new.go); Entra speaks HTTP-Redirect only.",
		"response/audience-missing":            "`validateAudienceRestriction` takes an assertion without a restriction for valid (service_provider.go); its hook `ValidateAudienceRestriction` can demand one.",
		"response/in-response-to-unknown":      "`AllowIDPInitiated` is on, and then neither `validateRequestID` nor `validateAssertion` compares InResponseTo: a comment there says so and why (service_provider.go).",
		"response/in-response-to-unsolicited":  "As above; the comment names identity providers that fill in InResponseTo unasked.",
		"response/method-not-bearer":           "`validateAssertion` reads Recipient and NotOnOrAfter of every confirmation, and the Method of none (service_provider.go).",
		"response/replay":                      "No assertion's ID is remembered, and with `AllowIDPInitiated` no request is asked for: only `MaxIssueDelay`, 90 seconds, ends it (service_provider.go).",
		"response/replay-unsolicited":          "As above.",
	}
}

func ofNodeSAML() map[string]string {
	return map[string]string{
		"provisioning/plain-attributes-enough": plain,
		"response/destination-foreign":         "`validatePostResponseAsync` does not read Destination (lib/saml.js); the application would have to.",
		"response/issuer-foreign":              "`idpIssuer` is set, and is compared in logout messages only: so says the README, and `verifyIssuer` is called from nowhere else (lib/saml.js).",
		"response/method-not-bearer":           "`processValidlySignedAssertionAsync` picks a confirmation by its times and does not read its Method (lib/saml.js).",
		"response/recipient-foreign":           "The same function reads NotOnOrAfter and InResponseTo of SubjectConfirmationData, and not Recipient (lib/saml.js).",
		"response/replay-unsolicited":          "`validateInResponseTo: ifPresent` uses up the request; where there is none nothing is used up, and no assertion's ID is remembered. With `always` such logins are refused (lib/saml.js).",
		"response/status-not-success":          "`validatePostResponseAsync` looks at StatusCode only where the response has no Assertion (lib/saml.js).",
	}
}

func ofSamlify() map[string]string {
	return map[string]string{
		"provisioning/plain-attributes-enough": plain,
		"response/confirmation-expired":        "`postFlow` compares the times of Conditions and SessionNotOnOrAfter (build/src/flow.js); nothing of SubjectConfirmation is extracted (build/src/extractor.js).",
		"response/method-not-bearer":           "As above: the Method is not extracted.",
		"response/recipient-foreign":           "As above: Recipient is not extracted; our application compares Destination, which is.",
	}
}

func ofBetterAuth() map[string]string {
	return map[string]string{
		"response/confirmation-expired": "`validateSAMLTimestamp` is given the times of Conditions alone; of the confirmation, Method and Recipient are read (`validateBearerRecipient`), and not NotOnOrAfter (@better-auth/sso dist/index.mjs).",
	}
}

func ofMellon() map[string]string {
	return map[string]string{
		"provisioning/plain-attributes-enough": plain,
		"response/audience-missing":            "`am_validate_conditions` goes through the restrictions that are there (auth_mellon_handler.c); where there is none, nothing is compared.",
		"response/in-response-to-unknown":      "`am_handle_reply_common` asks a response with InResponseTo for some cookie of mellon's, and compares the value with nothing (auth_mellon_handler.c).",
	}
}

func ofShibboleth() map[string]string {
	return map[string]string{
		"provisioning/plain-attributes-enough": plain,
		"response/audience-missing":            "The shipped policy evaluates the conditions that an assertion has (rules Conditions and Audience in security-policy.xml); no rule demands one.",
		"response/crash-on-bad-input":          "mod_shib answers each refusal with status 500 and its page sessionError.html: its way of refusing, and nothing is broken.",
		"response/in-response-to-unknown":      "The rule MessageFlow of the shipped policy is without `checkCorrelation` (security-policy.xml); with `checkCorrelation=\"true\"` this was seen to be refused.",
		"response/in-response-to-unsolicited":  "As above.",
	}
}

func ofSimpleSAMLphp() map[string]string {
	return map[string]string{
		"provisioning/plain-attributes-enough": plain,
		"response/audience-missing":            "`processAssertion` compares the audiences only where there are some (modules/saml/lib/Message.php).",
		"response/in-response-to-unknown":      "saml2-acs.php logs that it cannot load the state and goes on: \"Processing response as unsolicited\".",
		"response/in-response-to-unsolicited":  "As above.",
		"response/issuer-foreign":              "saml2-acs.php takes the key by the response's Issuer; `processAssertion` never reads that of the assertion (modules/saml/lib/Message.php).",
		"response/method-not-bearer":           "`processAssertion` reads the Method, and its list `$validSCMethods` has sender-vouches, which it then treats as bearer (modules/saml/lib/Message.php).",
	}
}

// A bad finding is one that must be explained. An undecided one counts: silence
// about a real product may be samlcheck's own fault.
func bad() []string { return []string{"fail", "warn", "inconclusive"} }

// unexplained lists what nobody has looked at, and what is explained and no
// longer found. The latter can only be said of a folder that was run whole. An
// undecided finding is shown and fails nothing: a busy machine can make one.
func unexplained(results []result) (problems, notes []string) {
	found := map[string]map[string]bool{}
	runs := map[string]int{}
	for _, r := range results {
		folder := r.job.sp.folder
		if r.with == nil {
			continue
		}
		runs[folder]++
		if found[folder] == nil {
			found[folder] = map[string]bool{}
		}
		for _, outcome := range bad() {
			for _, id := range r.with.checks(outcome) {
				found[folder][id] = true
				if explanations()[folder][id] != "" {
					continue
				}
				words := fmt.Sprintf("%s as %s: %s: %s, and explain.go does not say why", r.job.sp.name, r.job.face, outcome, id)
				if outcome == "inconclusive" {
					notes = append(notes, words)
				} else {
					problems = append(problems, words)
				}
			}
		}
	}
	for _, j := range plan("") {
		runs[j.sp.folder]--
	}
	for folder, why := range explanations() {
		for id := range why {
			if runs[folder] == 0 && !found[folder][id] {
				problems = append(problems, fmt.Sprintf("%s: explain.go speaks of %s, which is no longer found", folder, id))
			}
		}
	}
	slices.Sort(problems)
	return problems, notes
}

// marks says how the check came out under each face of one configuration:
// "fails", or "warns as Entra only".
func marks(faces []result, id string) string {
	verbs := map[string]string{"fail": "fails", "warn": "warns", "inconclusive": "undecided"}
	by := map[string][]string{}
	for _, r := range faces {
		for _, outcome := range bad() {
			if r.with != nil && slices.Contains(r.with.checks(outcome), id) {
				by[outcome] = append(by[outcome], strings.ToUpper(r.job.face[:1])+r.job.face[1:])
			}
		}
	}
	var out []string
	for _, outcome := range bad() {
		switch on := by[outcome]; {
		case len(on) == 0:
		case len(on) == len(faces):
			out = append(out, verbs[outcome])
		default:
			out = append(out, verbs[outcome]+" as "+strings.Join(on, " and "))
		}
	}
	return strings.Join(out, ", ")
}
