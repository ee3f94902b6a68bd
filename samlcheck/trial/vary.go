package trial

import (
	"slices"
	"strings"
)

// A variant is a person of whom one thing is different: the same member with
// another address, or a newcomer whose name has an apostrophe. He is written
// as the person and the name of what is different, "fresh-member~letter-case",
// so that keys differ and a record can be read without this package.

const twist = "~"

// With is the person, one thing about whom is different.
func (p Person) With(variant string) Person { return p + twist + Person(variant) }

// Base is the person of whom a variant is made; anybody else is his own.
func (p Person) Base() Person {
	base, _, _ := strings.Cut(string(p), twist)
	return Person(base)
}

// Variant is what is different about the person; false where nothing is.
func (p Person) Variant() (Variant, bool) {
	_, name, ok := strings.Cut(string(p), twist)
	if !ok {
		return Variant{}, false
	}
	if group, ok := strings.CutPrefix(name, without); ok {
		return Variant{Name: name, Changes: []Change{{Of: group}}}, true
	}
	for _, v := range Variants() {
		if v.Name == name {
			return v, true
		}
	}
	return Variant{}, false
}

const without = "without-"

// Without names the variant of somebody of whom one group of attributes is not
// sent: a facet, or the name of one of the known member's own attributes.
func Without(group string) string { return without + group }

// A Variant is a set of changes with a name.
type Variant struct {
	Name    string
	Changes []Change // made in order
}

// A Change gives one facet of a person other values. They may use {{email}},
// {{local}}, {{domain}}, {{LOCAL}}, {{DOMAIN}}, {{given_name}} and {{surname}} of
// the person before the changes; {{long}} is a local part of 64 characters, the
// longest that there is (RFC 5321, 4.5.3.1.1). Without a value the facet is not
// sent.
type Change struct {
	Of string // a facet, or the exact name of an attribute
	To []string
}

// Facets of a person.
const (
	FacetNameID    = "name_id"
	FacetEmail     = "email"   // what the e-mail attributes carry, and under what the person is looked for
	FacetEmails    = "emails"  // what the e-mail attributes carry, be it several or an empty one
	FacetAddress   = "address" // NameID, e-mail and user name at once
	FacetUsername  = "username"
	FacetGivenName = "given_name"
	FacetSurname   = "surname"
	FacetNames     = "names" // given name, surname and display name
	FacetGroups    = "groups"
	FacetMany      = "many-groups" // the groups, and 200 more
)

// Facets lists every facet; any other name is an attribute's.
func Facets() []string {
	return []string{
		FacetNameID, FacetEmail, FacetEmails, FacetAddress, FacetUsername, FacetGivenName, FacetSurname, FacetNames,
		FacetGroups, FacetMany,
	}
}

// Variants lists the variants that have a name.
func Variants() []Variant {
	to := func(of string, values ...string) Change { return Change{Of: of, To: values} }
	return []Variant{
		// of a member who has an account
		{"letter-case", []Change{to(FacetAddress, "{{LOCAL}}@{{DOMAIN}}")}},
		{"renamed", []Change{to(FacetGivenName, "{{second_given_name}}"), to(FacetSurname, "{{second_surname}}")}},
		{"other-name-id", []Change{to(FacetNameID, "upn.{{local}}@{{domain}}")}},
		{"other-address", []Change{to(FacetEmail, "{{local}}-new@{{domain}}")}},
		{"empty-email", []Change{to(FacetEmails, "")}},
		{"admin", administrator()},
		{"many-groups", append(administrator()[:1:1], to(FacetMany))},
		{"unknown-role", []Change{to(FacetGroups, "samlcheck-nobody-has-this"), to("role", "samlcheck-nobody-has-this")}},
		// of a newcomer
		{"no-email", []Change{to(FacetEmail)}},
		{"no-names", []Change{to(FacetNames)}},
		{"two-emails", []Change{to(FacetEmails, "{{email}}", "{{local}}-second@{{domain}}")}},
		{"foreign-domain", []Change{to(FacetAddress, "{{local}}@samlcheck-foreign.example")}},
		{"guest", []Change{
			to(FacetNameID, "{{local}}_{{domain}}#EXT#@samlcheck.onmicrosoft.example"),
			to(FacetUsername, "{{local}}_{{domain}}#EXT#@samlcheck.onmicrosoft.example"),
		}},
		{"plus", []Change{to(FacetAddress, "{{local}}+sso@{{domain}}")}},
		{"apostrophe", []Change{to(FacetAddress, "{{local}}.o'neil@{{domain}}"), to(FacetSurname, "O'{{surname}}")}},
		{"accents", []Change{to(FacetGivenName, "{{given_name}}ë"), to(FacetSurname, "Ł{{surname}}ß")}},
		{"long", []Change{to(FacetAddress, "{{long}}@{{domain}}")}},
	}
}

// administrator asks for the administrator's role under the names that it
// usually has. Nobody at the service provider has mapped any of them.
func administrator() []Change {
	return []Change{
		{FacetGroups, []string{"admin", "admins", "Administrators"}}, {"role", []string{"admin"}}, {"roles", []string{"admin"}},
		{"isAdmin", []string{"true"}}, {"http://schemas.microsoft.com/ws/2008/06/identity/claims/role", []string{"admin"}},
	}
}

// AtOnce signs a person in from two browsers at the same moment: neither
// response is delivered before both are ready.
type AtOnce struct{ As Person }

func (AtOnce) action() {}

func (a AtOnce) String() string { return "log in as " + string(a.As) + " from two browsers at once" }

// People lists who takes part in some trials, each once, in order.
func People(ts []Trial) []Person {
	var out []Person
	add := func(who Person) {
		if who != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	for _, t := range ts {
		for _, s := range t.Steps {
			switch do := s.Do.(type) {
			case Login:
				add(do.As)
				add(do.Carry)
			case AtOnce:
				add(do.As)
			case Invite:
				add(do.Who)
			case Disable:
				add(do.Who)
			case Remove:
				add(do.Who)
			}
		}
	}
	return out
}
