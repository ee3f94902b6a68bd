package idp

import (
	"regexp"
	"strings"
)

// A Reference is where an administrator takes a value from, in the vendors' own
// notation: "user.email", or a constant in double quotes. Neither vendor's
// functions are spoken here.
type Reference string

var reference = regexp.MustCompile(`^(user\.[A-Za-z0-9_]+|"[^"]*")$`) //nolint:gochecknoglobals // never changed

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

// Admin is what an administrator has set up that a face alone cannot do.
type Admin struct {
	RelayState string // sent with an IdP-initiated response that has none
	Encrypt    bool   // assertions, with SP.Encryption
	Data       string // the algorithm for that; "" is the face's default
}
