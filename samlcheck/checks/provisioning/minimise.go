package provisioning

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/trial"
)

// minimise finds out which of the rich attributes a newcomer needs, where the
// plain ones were not enough: each group of them is left out once, of a newcomer
// of its own, and the known member closes the row.
func minimise(c *samlcheck.Case) []trial.Trial {
	if c.Model == nil || !c.Model.Minimal() {
		return nil
	}
	sent := c.Model.JIT().Sent
	var out []trial.Trial
	for _, g := range Groups(names(sent.Rich), names(sent.Plain)) {
		out = append(out, one(oracle.TrialLess+g, trial.Question, "login", trial.Login{As: Lacking(g)}))
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, one(oracle.TrialLessKnown, trial.Question, "login", trial.Login{As: trial.Known}))
}

// Lacking is the newcomer of whom one group of attributes is not sent.
func Lacking(group string) trial.Person {
	return trial.Fresh("less-" + strings.ToLower(strings.Map(plainLetter, group))).With(trial.Without(group))
}

func plainLetter(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// facets are the groups of attributes that say the same under several names.
var facets = []struct {
	group string
	names []string // the ends of them, in lower case
}{
	{trial.FacetEmail, []string{"email", "mail", "/emailaddress"}},
	{trial.FacetUsername, []string{"username", "login", "/name"}},
	{trial.FacetNames, []string{"firstname", "givenname", "lastname", "sn", "displayname", "/surname"}},
	{trial.FacetGroups, []string{"groups"}},
}

// Groups are the groups of attributes of which some name is in the rich set and
// not in the plain one: the only ones that can have mattered.
func Groups(rich, plain []string) []string {
	var out []string
	for _, name := range rich {
		if slices.Contains(plain, name) {
			continue
		}
		if g := groupOf(name); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

func groupOf(name string) string {
	low := strings.ToLower(name)
	for _, f := range facets {
		if slices.ContainsFunc(f.names, func(end string) bool { return strings.HasSuffix(low, end) }) {
			return f.group
		}
	}
	return name
}

// names leaves the values of groups and roles out.
func names(attributes []string) []string {
	var out []string
	for _, a := range attributes {
		n, _, _ := strings.Cut(a, "=")
		out = append(out, n)
	}
	return out
}
