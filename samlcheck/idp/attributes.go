package idp

import (
	"maps"
	"slices"
	"strings"
)

// Attribute is one attribute of an assertion.
type Attribute struct {
	Name   string
	Values []string
	Format string // NameFormat, where the face writes one; "" is the face's default
}

// Claim URIs that Entra sends and that many service providers look for
// (https://learn.microsoft.com/en-us/entra/identity-platform/reference-saml-tokens).
const (
	ClaimEmail     = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
	ClaimGivenName = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname"
	ClaimSurname   = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"
	ClaimName      = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"
	ClaimGroups    = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"
	ClaimDisplay   = "http://schemas.microsoft.com/identity/claims/displayname"
)

// ShortNames are what Okta administrators usually name attributes, and what
// service providers' manuals ask for.
func ShortNames(p Person) []Attribute {
	each := newOnes(4)
	user, given, sur := each.of(p.Username), each.of(p.GivenName), each.of(p.Surname)
	return []Attribute{
		{Name: "email", Values: p.Addresses()}, {Name: "mail", Values: p.Addresses()},
		{Name: "username", Values: user}, {Name: "login", Values: user},
		{Name: "firstName", Values: given}, {Name: "givenName", Values: given},
		{Name: "lastName", Values: sur}, {Name: "sn", Values: sur},
		{Name: "displayName", Values: each.of(p.DisplayName)}, {Name: "groups", Values: p.Groups},
	}
}

// Claims are the same facts under the claim URIs.
func Claims(p Person) []Attribute {
	each := newOnes(4)
	return []Attribute{
		{Name: ClaimGivenName, Values: each.of(p.GivenName)}, {Name: ClaimSurname, Values: each.of(p.Surname)},
		{Name: ClaimEmail, Values: p.Addresses()}, {Name: ClaimName, Values: each.of(p.Username)},
		{Name: ClaimDisplay, Values: each.of(p.DisplayName)}, {Name: ClaimGroups, Values: p.Groups},
	}
}

// ones is room for lists of one value each.
type ones []string

func newOnes(n int) ones { return make(ones, 0, n) }

// of is One.
func (o *ones) of(s string) []string {
	if s == "" {
		return nil
	}
	*o = append(*o, s)
	return (*o)[len(*o)-1 : len(*o) : len(*o)]
}

// Extra are the further attributes of a person, sorted by name.
func Extra(p Person) []Attribute {
	if len(p.Attributes) == 0 {
		return nil
	}
	names := slices.AppendSeq(make([]string, 0, len(p.Attributes)), maps.Keys(p.Attributes))
	slices.Sort(names)
	out := make([]Attribute, len(names))
	for i, name := range names {
		out[i] = Attribute{Name: name, Values: p.Attributes[name]}
	}
	return out
}

// Merge puts sets together: the first mention of a name wins, and an attribute
// without a value is left out, as both vendors do.
func Merge(sets ...[]Attribute) []Attribute {
	n := 0
	for _, set := range sets {
		n += len(set)
	}
	if n == 0 {
		return nil
	}
	out := make([]Attribute, 0, n)
	var seen map[string]struct{}
	if n > few {
		seen = make(map[string]struct{}, n)
	}
	for _, set := range sets {
		for _, a := range set {
			if len(a.Values) == 0 || mentioned(seen, out, a.Name) {
				continue
			}
			if out = append(out, a); seen != nil {
				seen[a.Name] = struct{}{}
			}
		}
	}
	return out
}

// few are so many attributes that looking at each is quicker than a map.
const few = 40

func mentioned(seen map[string]struct{}, out []Attribute, name string) bool {
	if seen != nil {
		_, ok := seen[name]
		return ok
	}
	for i := range out {
		if out[i].Name == name {
			return true
		}
	}
	return false
}

// Choose is the set that a login carries, given what the face sends by default.
func Choose(l Login, byDefault []Attribute) []Attribute {
	switch {
	case l.Set != nil:
		return l.Set
	case l.Person.Only: // of which no name stands there twice
		return slices.DeleteFunc(Extra(l.Person), func(a Attribute) bool { return len(a.Values) == 0 })
	case l.Rich:
		return Merge(byDefault, ShortNames(l.Person), Claims(l.Person), Extra(l.Person))
	}
	return Merge(byDefault, Extra(l.Person))
}

// Names lists attributes for the record: by name, and with their values where
// they are groups or roles, because a service provider may want a certain one.
func Names(set []Attribute) []string {
	if len(set) == 0 {
		return nil
	}
	out := make([]string, 0, len(set))
	for _, a := range set {
		name := a.Name
		if endsIn(name, "groups") || endsIn(name, "role") || endsIn(name, "roles") {
			name += "=" + strings.Join(a.Values, ",")
		}
		out = append(out, name)
	}
	return out
}

// endsIn compares without regard to case.
func endsIn(name, suffix string) bool {
	return len(name) >= len(suffix) && strings.EqualFold(name[len(name)-len(suffix):], suffix)
}

// NameID is what identifies the person: his NameID, else his address, else his
// user name.
func NameID(p Person) string {
	for _, v := range []string{p.NameID, p.Email, p.Username} {
		if v != "" {
			return v
		}
	}
	return ""
}

// Address is the person's, or the name under which he would be listed without one.
func (p Person) Address() string {
	if p.Email != "" {
		return p.Email
	}
	return NameID(p)
}

// Addresses are what the e-mail attributes carry.
func (p Person) Addresses() []string {
	if p.Emails != nil {
		return p.Emails
	}
	return one(p.Email)
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// NameIDFormat spells out the short names of NameID formats (SAML Core 8.3).
func NameIDFormat(short string) string {
	switch short {
	case "emailAddress", "unspecified":
		return "urn:oasis:names:tc:SAML:1.1:nameid-format:" + short
	case "persistent", "transient":
		return "urn:oasis:names:tc:SAML:2.0:nameid-format:" + short
	}
	return short
}
