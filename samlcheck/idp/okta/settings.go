package okta

import (
	"regexp"
	"strings"
	"time"

	"example.com/samepage/samlcheck/idp"
)

// Settings are an app's SAML settings under the names that Okta gives them. The
// zero value is a new app's.
type Settings struct {
	NameID              idp.Reference // "Application username"; "" is the person's NameID
	NameIDFormat        string        // URN or short name; "" follows the request's NameIDPolicy
	Statements          []Statement   // "Attribute Statements"
	GroupStatements     []GroupStatement
	SessionLifetime     time.Duration // "Maximum App Session Lifetime", sent in the response; 0 is not [D]
	Audience            string        // "Audience URI"; "" is the service provider's entityID
	RelayState          string        // "Default RelayState"
	Encrypt             bool          // "Assertion Encryption"
	EncryptionAlgorithm string        // forge.AES256CBC when empty
}

// Statement is one attribute statement. A person without the value gets none.
type Statement struct {
	Name   string
	Format string        // "unspecified" (and when empty), "uri", "basic"
	Value  idp.Reference // "user.email"
}

// GroupStatement is one group attribute statement: the groups that the filter
// lets pass.
type GroupStatement struct {
	Name, Format  string
	Filter, Value string // "starts_with", "equals", "contains", "matches_regex"; all groups when empty
}

// Admin implements idp.Profile. "Other Requestable SSO URLs" have an index each.
func (p *Profile) Admin() idp.Admin {
	return idp.Admin{RelayState: p.set.RelayState, Encrypt: p.set.Encrypt, Data: p.set.EncryptionAlgorithm, Indexed: true}
}

// known are the names of Okta's base profile, in lower case.
func known(w idp.Person) map[string][]string {
	return map[string][]string{
		"login": idp.One(w.Username), "email": idp.One(w.Email), "firstname": idp.One(w.GivenName),
		"lastname": idp.One(w.Surname), "displayname": idp.One(w.DisplayName),
	}
}

// statements are what the administrator wrote, for one person.
func (p *Profile) statements(w idp.Person) []idp.Attribute {
	var out []idp.Attribute
	for _, s := range p.set.Statements {
		out = append(out, idp.Attribute{Name: s.Name, Format: nameFormat(s.Format), Values: s.Value.Of(w, known(w))})
	}
	for _, g := range p.set.GroupStatements {
		a := idp.Attribute{Name: g.Name, Format: nameFormat(g.Format)}
		for _, group := range w.Groups {
			if g.passes(group) {
				a.Values = append(a.Values, group)
			}
		}
		out = append(out, a)
	}
	return out
}

func (g GroupStatement) passes(group string) bool {
	switch g.Filter {
	case "starts_with":
		return strings.HasPrefix(group, g.Value)
	case "equals":
		return group == g.Value
	case "contains":
		return strings.Contains(group, g.Value)
	case "matches_regex":
		ok, err := regexp.MatchString("^(?:"+g.Value+")$", group)
		return err == nil && ok
	}
	return true
}

func nameFormat(short string) string {
	if short == "" {
		return ""
	}
	return nameFormats + short
}

// nameID is the value for the application username.
func (p *Profile) nameID(w idp.Person) string {
	if p.set.NameID == "" {
		return idp.NameID(w)
	}
	return strings.Join(p.set.NameID.Of(w, known(w)), " ")
}
