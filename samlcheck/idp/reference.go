package idp

import (
	"regexp"
	"strings"
)

// A Reference is where an administrator takes a value from, in the vendors' own
// notation: "user.email", or a constant in double quotes. Neither vendor's
// functions are spoken here.
type Reference string

var reference = regexp.MustCompile(`^(user\.[A-Za-z0-9_]+|"[^"]*")$`)

// Valid says whether the reference can be read.
func (r Reference) Valid() bool { return reference.MatchString(string(r)) }

// Of is what the reference gives for a person, nothing where he has no such
// value. known are the vendor's names for what every person has, in lower case;
// any other name is one of the person's further attributes, spelt as there.
func (r Reference) Of(p Person, known map[string][]string) []string {
	s := string(r)
	if strings.HasPrefix(s, `"`) {
		return []string{strings.Trim(s, `"`)}
	}
	name := strings.TrimPrefix(s, "user.")
	if v, ok := known[strings.ToLower(name)]; ok {
		return v
	}
	return p.Attributes[name]
}

// One is a list of one value, empty for the empty one.
func One(s string) []string { return one(s) }
