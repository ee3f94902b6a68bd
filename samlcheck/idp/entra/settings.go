package entra

import (
	"cmp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/idp"
)

// mostGroups is how many group claims a SAML assertion may have; with more, a
// link stands in their place [D].
const mostGroups = 150

const claimGroupsLink = "http://schemas.microsoft.com/claims/groups.link"

// Settings are an application's single sign-on settings under the names that
// Entra gives them. The zero value is a new application's.
type Settings struct {
	NameID       idp.Reference // source of "Unique User Identifier"; "" is the person's NameID
	NameIDFormat string        // URN or short name; "" is emailAddress. The request's NameIDPolicy wins
	Claims       []Claim       // "Attributes & Claims"; nil is the four of a new application
	GroupClaims  bool          // groupMembershipClaims: any choice but none, of which the mock knows one
	Audience     string        // "" is the service provider's identifier
	RelayState   string        // "Relay State"
	Encrypt      bool          // "Token encryption"
}

// Claim is one claim. A person without the source gets none.
type Claim struct {
	Name   string        // the whole name, namespace and all
	Source idp.Reference // "user.mail"
}

// Admin implements idp.Profile. An AssertionConsumerServiceIndex is ignored [D].
func (p *Profile) Admin() idp.Admin {
	return idp.Admin{RelayState: p.set.RelayState, Encrypt: p.set.Encrypt}
}

// known are the names of Entra's user attributes, in lower case.
func (p *Profile) known(w idp.Person) map[string][]string {
	return map[string][]string{
		"mail": idp.One(w.Email), "userprincipalname": idp.One(w.Username), "givenname": idp.One(w.GivenName),
		"surname": idp.One(w.Surname), "displayname": idp.One(w.DisplayName), "objectid": {p.objectID(w)},
	}
}

// objectID is the person's in the tenant: the same in every login.
func (p *Profile) objectID(w idp.Person) string {
	who := cmp.Or(w.Seed, w.Email)
	if who == "" {
		who = idp.NameID(w)
	}
	return guid([]byte(p.tenant + who))
}

// claims are what the administrator configured, for one person.
func (p *Profile) claims(w idp.Person) []idp.Attribute {
	if p.set.Claims == nil {
		return []idp.Attribute{
			{Name: idp.ClaimGivenName, Values: one(w.GivenName)},
			{Name: idp.ClaimSurname, Values: one(w.Surname)},
			{Name: idp.ClaimEmail, Values: w.Addresses()},
			{Name: idp.ClaimName, Values: one(w.Username)},
		}
	}
	var out []idp.Attribute
	for _, c := range p.set.Claims {
		out = append(out, idp.Attribute{Name: c.Name, Values: c.Source.Of(w, p.known(w))})
	}
	return out
}

// overage puts the link where there are too many groups, and leaves the groups out
// under every other name, too: no claim of Entra has more. Where it leads is as
// documented for tokens of the older kind; its form in SAML is [G].
func (p *Profile) overage(w idp.Person, set []idp.Attribute) []idp.Attribute {
	if len(w.Groups) <= mostGroups {
		return set
	}
	var out []idp.Attribute
	for _, a := range set {
		switch {
		case !slices.Equal(a.Values, w.Groups):
			out = append(out, a)
		case a.Name == idp.ClaimGroups:
			out = append(out, idp.Attribute{Name: claimGroupsLink, Values: []string{
				"https://graph.windows.net/" + p.tenant + "/users/" + p.objectID(w) + "/getMemberObjects",
			}})
		}
	}
	return out
}

// source is the value of the configured NameID, else the person's own.
func (p *Profile) source(w idp.Person) string {
	if p.set.NameID == "" {
		return idp.NameID(w)
	}
	return strings.Join(p.set.NameID.Of(w, p.known(w)), " ")
}

func (p *Profile) audience(l idp.Login) string {
	if p.set.Audience != "" {
		return p.set.Audience
	}
	return l.SP
}
