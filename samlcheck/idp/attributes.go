package idp

import (
	"fmt"
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
	return []Attribute{
		{Name: "email", Values: p.Addresses()}, {Name: "mail", Values: p.Addresses()},
		{Name: "username", Values: one(p.Username)}, {Name: "login", Values: one(p.Username)},
		{Name: "firstName", Values: one(p.GivenName)}, {Name: "givenName", Values: one(p.GivenName)},
		{Name: "lastName", Values: one(p.Surname)}, {Name: "sn", Values: one(p.Surname)},
		{Name: "displayName", Values: one(p.DisplayName)}, {Name: "groups", Values: p.Groups},
	}
}

// Claims are the same facts under the claim URIs.
func Claims(p Person) []Attribute {
	return []Attribute{
		{Name: ClaimGivenName, Values: one(p.GivenName)}, {Name: ClaimSurname, Values: one(p.Surname)},
		{Name: ClaimEmail, Values: p.Addresses()}, {Name: ClaimName, Values: one(p.Username)},
		{Name: ClaimDisplay, Values: one(p.DisplayName)}, {Name: ClaimGroups, Values: p.Groups},
	}
}

// Extra are the further attributes of a person, sorted by name.
func Extra(p Person) []Attribute {
	var out []Attribute
	for _, name := range slices.Sorted(maps.Keys(p.Attributes)) {
		out = append(out, Attribute{Name: name, Values: p.Attributes[name]})
	}
	return out
}

// Merge puts sets together: the first mention of a name wins, and an attribute
// without a value is left out, as both vendors do.
func Merge(sets ...[]Attribute) []Attribute {
	var out []Attribute
	seen := map[string]bool{}
	for _, set := range sets {
		for _, a := range set {
			if len(a.Values) > 0 && !seen[a.Name] {
				seen[a.Name] = true
				out = append(out, a)
			}
		}
	}
	return out
}

// Choose is the set that a login carries, given what the face sends by default.
func Choose(l Login, byDefault []Attribute) []Attribute {
	switch {
	case l.Set != nil:
		return l.Set
	case l.Person.Only:
		return Merge(Extra(l.Person))
	case l.Rich:
		return Merge(byDefault, ShortNames(l.Person), Claims(l.Person), Extra(l.Person))
	}
	return Merge(byDefault, Extra(l.Person))
}

// Names lists attributes for the record: by name, and with their values where
// they are groups or roles, because a service provider may want a certain one.
func Names(set []Attribute) []string {
	var out []string
	for _, a := range set {
		name := a.Name
		if low := strings.ToLower(name); strings.HasSuffix(low, "groups") || strings.HasSuffix(low, "role") || strings.HasSuffix(low, "roles") {
			name = fmt.Sprintf("%s=%s", a.Name, strings.Join(a.Values, ","))
		}
		out = append(out, name)
	}
	return out
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
