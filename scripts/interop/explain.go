//go:build unix

package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// An explanation says why a real service provider got bad marks that have one
// cause, and where that stands in its own source or manual.
type explanation struct {
	checks string // ids, or patterns of them (path.Match), with a space between
	why    string
}

// explains says whether one of its patterns is for the check.
func (e explanation) explains(id string) bool {
	return slices.ContainsFunc(strings.Fields(e.checks), func(p string) bool { return matches(p, id) })
}

func matches(pattern, id string) bool {
	ok, err := path.Match(pattern, id)
	return err == nil && ok
}

// explanations are written by hand, after reading in the product's source or
// manual, by the folder or the name of a configuration. A finding without one is
// taken for a false alarm until somebody has looked, and fails the run; so does
// an explanation of what is no longer found.
func explanations() map[string][]explanation {
	return map[string][]explanation{
		"samlsp":               ofSamlsp(),
		"samlsp-0.4":           ofSamlspBefore(),
		"crewjam samlsp 0.4.8": ofSamlsp048(),
		"node-saml":            ofNodeSAML(),
		"samlify":              ofSamlify(),
		"samlify 2.9.1":        ofSamlify291(),
		"better-auth":          ofBetterAuth(),
		"djangosaml2":          ofDjangosaml2(),
		"social-auth":          ofSocialAuth(),
		"mellon":               ofMellon(),
		"shibboleth":           ofShibboleth(),
		"simplesamlphp":        ofSimpleSAMLphp(),
	}
}

// explained finds the explanation of a check at an SP; "" when nobody wrote one.
func (s sp) explained(id string) string {
	for _, key := range []string{s.name, s.folder} {
		for _, e := range explanations()[key] {
			if e.explains(id) {
				return e.why
			}
		}
	}
	return ""
}

// unsettled says why checks stay undecided at service providers of this kind.
// Nothing fails by them, and a busy machine can make one more.
func unsettled() []explanation {
	return []explanation{
		{"provisioning/plain-attributes-enough account/email-needed account/empty-email-refused statement/attributes-*", "Without attributes the page that lists them is another page, and samlcheck does not guess whose."},
		{"account/admin-asked-and-given", "The pages list what the assertion said, the administrator's group too: whether it gives him anything they do not show."},
		{"account/*", "There are no accounts, or no view of them: who gets in is seen, and not as whom."},
		{"acceptance/* measure/* subject/* response/two-subjects", "The known member's page with something that no login of his showed (\"Signed in as undefined\"), a page that never comes to rest (a cookie that is too large for a browser), or a connection that breaks: accepted or refused is a guess."},
		{"offboarding/*", "No page of the service's own is seen without a login."},
		{"statement/session-over", "The session that is over already is opened and ended in a circle."},
		{"surface/*", "Apache answers OPTIONS everywhere, which shows no interface and excludes none."},
	}
}

// marked are the outcomes that must be explained.
func marked() []string { return []string{"fail", "warn"} }

// unexplained lists what nobody has looked at, and what is explained and no
// longer found. The latter can only be said of a configuration that was run whole. An
// undecided finding is shown and fails nothing.
func unexplained(results []result) (problems []string) {
	found := map[string][]string{}
	runs := map[string]int{}
	for _, r := range results {
		if r.with == nil {
			continue
		}
		for _, key := range keys(r.job.sp) {
			runs[key]++
		}
		for _, outcome := range marked() {
			for _, id := range r.with.checks(outcome) {
				for _, key := range keys(r.job.sp) {
					found[key] = append(found[key], id)
				}
				if r.job.sp.explained(id) == "" {
					problems = append(problems, fmt.Sprintf("%s as %s: %s: %s, and explain.go does not say why", r.job.sp.name, r.job.face, outcome, id))
				}
			}
		}
	}
	for _, j := range plan("", false) {
		for _, key := range keys(j.sp) {
			runs[key]--
		}
	}
	for key, list := range explanations() {
		if runs[key] != 0 {
			continue
		}
		for _, e := range list {
			for _, p := range strings.Fields(e.checks) {
				if !slices.ContainsFunc(found[key], func(id string) bool { return matches(p, id) }) {
					problems = append(problems, fmt.Sprintf("%s: explain.go speaks of %s, which is no longer found", key, p))
				}
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// keys are the names under which an SP's explanations stand.
func keys(s sp) []string {
	if s.name == s.folder {
		return []string{s.name}
	}
	return []string{s.folder, s.name}
}

// marks says how the check came out under each face of one configuration:
// "fails", or "warns as Entra".
func marks(faces []result, id string) string {
	verbs := map[string]string{"fail": "fails", "warn": "warns"}
	var out []string
	for _, outcome := range marked() {
		var on []string
		for _, r := range faces {
			if r.with != nil && slices.Contains(r.with.checks(outcome), id) {
				on = append(on, strings.ToUpper(r.job.face[:1])+r.job.face[1:])
			}
		}
		switch {
		case len(on) == 0:
		case len(on) == len(faces) || on[0] == "Okta": // as Entra less is run
			out = append(out, verbs[outcome])
		default:
			out = append(out, verbs[outcome]+" as "+strings.Join(on, " and "))
		}
	}
	return strings.Join(out, ", ")
}
