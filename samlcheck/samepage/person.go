package samepage

import (
	"strings"
	"time"
)

// The names under which IdPs send what we need: Okta's short names, which its
// admins type themselves, and the claim URIs of Entra.
const (
	claims   = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
	msClaims = "http://schemas.microsoft.com/"
)

// person is who is asserted.
type person struct {
	email string // "" when there is no address
	name  string
	attrs map[string]string // first non-empty value by attribute name
	until time.Time         // the IdP's end of the session; zero when it has none

	subject principal // what the IdP calls the session

	nameID        string
	fromNameID    bool // no attribute carries the address
	severalEmails bool // an attribute carries several addresses, or an empty one
}

// readPerson reads the person out of a message that was accepted.
func readPerson(m *message) person {
	if m.presumed != "" {
		return person{email: m.presumed, attrs: map[string]string{}}
	}
	p := person{attrs: map[string]string{}}
	who := &message{content: m.person}
	p.hear(who)
	p.email = p.first(isAddress, "email", "Email", "mail", "emailAddress", "emailaddress", "user.email",
		claims+"emailaddress", "urn:oid:0.9.2342.19200300.100.1.3")
	if p.nameID = text(who.nameID()); p.email == "" && isAddress(p.nameID) {
		p.email, p.fromNameID = p.nameID, true
	}
	p.name = p.called()
	for _, a := range who.logins() {
		if t, err := moment(value(a, "SessionNotOnOrAfter")); err == nil && (p.until.IsZero() || t.Before(p.until)) {
			p.until = t
		}
	}
	return p
}

// hear keeps what the attributes say.
func (p *person) hear(who *message) {
	for _, a := range who.attributes() {
		name, values := value(a, "Name"), children(a, nsAssertion, "AttributeValue")
		if strings.HasSuffix(strings.ToLower(name), "email") || strings.HasSuffix(name, "emailaddress") {
			p.severalEmails = p.severalEmails || len(values) > 1 || len(values) == 1 && text(values[0]) == ""
		}
		for _, v := range values {
			if said := text(v); said != "" && p.attrs[name] == "" {
				p.attrs[name] = said
			}
		}
	}
}

// called is the name to greet by; "" when none is asserted.
func (p person) called() string {
	anything := func(string) bool { return true }
	if name := p.first(anything, "displayName", "DisplayName", "name", msClaims+"identity/claims/displayname",
		"urn:oid:2.16.840.1.113730.3.1.241"); name != "" {
		return name
	}
	given := p.first(anything, "givenName", "firstName", "FirstName", "first_name", "given_name", "user.firstName",
		claims+"givenname", "urn:oid:2.5.4.42")
	family := p.first(anything, "sn", "surname", "lastName", "LastName", "last_name", "family_name", "user.lastName",
		claims+"surname", "urn:oid:2.5.4.4")
	return strings.TrimSpace(given + " " + family)
}

func (p person) first(fits func(string) bool, names ...string) string {
	for _, n := range names {
		if v := p.attrs[n]; v != "" && fits(v) {
			return v
		}
	}
	return ""
}

// hasDepartment is what QuirkNeedsDepartment wants of a newcomer.
func (p person) hasDepartment() bool {
	for _, n := range []string{
		"department", "Department", "groups", "Groups", "user.department", claims + "department",
		msClaims + "identity/claims/department", msClaims + "ws/2008/06/identity/claims/department",
		msClaims + "ws/2008/06/identity/claims/groups",
	} {
		if p.attrs[n] != "" {
			return true
		}
	}
	return false
}
