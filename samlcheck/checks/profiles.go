package checks

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checktest/coverage"
	"example.com/samepage/samlcheck/engine"
)

// Profiles are the names that [Profile] knows.
func Profiles() []string { return []string{"quick", "full", "security", "metadata", "spid"} }

// quick is what an admin needs to know before a roll-out, in under a minute:
// the documents, who gets in and how, and the ways in that are seen most.
func quick() []string {
	return []string{
		"spmetadata/*", "idpmetadata/*", "pairing/*", "request/*", "session/*",
		"provisioning/jit-on-first-login", "provisioning/known-member-signs-in", "provisioning/second-login-same",
		"provisioning/plain-attributes-enough",
		"response/signed-*", "response/idp-initiated", "response/audience-foreign", "response/conditions-expired",
		"response/replay", "response/recipient-foreign", "response/crash-on-bad-input",
		"signature/unsigned", "signature/foreign-key", "signature/content-changed", "signature/wrapped-*",
		"signature/second-assertion", "signature/comment-in-nameid",
	}
}

// Profile returns the checks of a named selection, in report order: quick (before
// a roll-out), full (all), security (whatever sends forged messages), metadata
// (documents alone), spid (those that answer a case of spid-sp-test, for comparison).
func Profile(name string) ([]samlcheck.Check, error) {
	var in func(samlcheck.Check) bool
	switch name {
	case "", "full":
		return All(), nil
	case "quick":
		in = func(c samlcheck.Check) bool { return slices.ContainsFunc(quick(), matching(c.ID)) }
	case "security":
		in = forges
	case "metadata":
		in = func(c samlcheck.Check) bool { return len(c.Trials) == 0 }
	case "spid":
		answers, err := spid()
		if err != nil {
			return nil, err
		}
		in = func(c samlcheck.Check) bool { return answers[c.ID] }
	default:
		return nil, fmt.Errorf("checks: no profile is called %q (known: %s)", name, strings.Join(Profiles(), ", "))
	}
	return slices.DeleteFunc(All(), func(c samlcheck.Check) bool { return !in(c) }), nil
}

func matching(id string) func(string) bool {
	return func(pattern string) bool {
		ok, err := path.Match(pattern, id)
		return err == nil && ok
	}
}

func forges(c samlcheck.Check) bool {
	for _, t := range c.Trials {
		if forged, _ := engine.Needs(t); forged {
			return true
		}
	}
	return false
}

func spid() (map[string]bool, error) {
	rows, err := coverage.Rows()
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, r := range rows {
		if len(coverage.Cases(r.Sources, "SP")) == 0 {
			continue
		}
		for _, id := range r.Checks {
			out[id] = true
		}
	}
	return out, nil
}
