package actor

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

const (
	manyGroups   = 200 // more than any vendor puts into an assertion
	longestLocal = 64  // octets of a local part (RFC 5321, 4.5.3.1.1)
)

// varied is the person with the changes made. What the vendor's own ids are
// made from stays: he is the same person in the directory.
func varied(p idp.Person, v trial.Variant, runID string) idp.Person {
	p.Seed = p.Email
	name, domain := local(p.Email), strings.TrimPrefix(p.Email, local(p.Email)+"@")
	long := name
	if n := longestLocal - len(long) - 1; n > 0 {
		long += "-" + strings.Repeat("x", n)
	}
	fill := strings.NewReplacer(
		"{{email}}", p.Email, "{{local}}", name, "{{domain}}", domain,
		"{{LOCAL}}", strings.ToUpper(name), "{{DOMAIN}}", strings.ToUpper(domain), "{{long}}", long,
		"{{given_name}}", p.GivenName, "{{surname}}", p.Surname,
		"{{second_given_name}}", capital(syllables(runID+name+"second given", 3)),
		"{{second_surname}}", capital(syllables(runID+name+"second surname", 4)),
	)
	for _, c := range v.Changes {
		to := slices.Clone(c.To)
		for i := range to {
			to[i] = fill.Replace(to[i])
		}
		change(&p, c.Of, to)
	}
	return p
}

// attributed makes the changes of single attributes once more, after the target
// file's map has replaced them all.
func attributed(p idp.Person, v trial.Variant) idp.Person {
	for _, c := range v.Changes {
		if !slices.Contains(trial.Facets(), c.Of) {
			attribute(&p, c.Of, c.To)
		}
	}
	return p
}

// change gives one facet other values; without any it is not sent.
func change(p *idp.Person, facet string, to []string) {
	one := strings.Join(to, " ")
	switch facet {
	case trial.FacetNameID:
		p.NameID = one
	case trial.FacetEmail:
		p.Email = one
	case trial.FacetEmails:
		p.Emails = to
	case trial.FacetAddress:
		p.Email, p.NameID, p.Username = one, one, one
	case trial.FacetUsername:
		p.Username = one
	case trial.FacetGivenName:
		p.GivenName = one
		p.DisplayName = strings.TrimSpace(p.GivenName + " " + p.Surname)
	case trial.FacetSurname:
		p.Surname = one
		p.DisplayName = strings.TrimSpace(p.GivenName + " " + p.Surname)
	case trial.FacetNames:
		p.GivenName, p.Surname, p.DisplayName = "", "", ""
	case trial.FacetGroups:
		p.Groups = to
	case trial.FacetMany:
		for n := range manyGroups {
			p.Groups = append(p.Groups[:len(p.Groups):len(p.Groups)], fmt.Sprintf("samlcheck-%03d", n))
		}
	default:
		attribute(p, facet, to)
	}
}

func attribute(p *idp.Person, name string, to []string) {
	more := map[string][]string{}
	for k, v := range p.Attributes {
		if k != name {
			more[k] = v
		}
	}
	if len(to) > 0 {
		more[name] = to
	}
	p.Attributes = more
}
