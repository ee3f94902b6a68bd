package entra_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
)

func rendered(s entra.Settings, groups int, change func(*idp.Login)) *etree.Element {
	p := entra.New(entra.Config{Settings: s})
	l := idp.Login{
		SP: "https://sp.example", ACS: "https://sp.example/acs", Signing: p.Signing(), Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		ResponseID: "_1", AssertionID: "_2",
		Person: idp.Person{
			Email: "ada@acme.example", Username: "ada@acme.onmicrosoft.example", GivenName: "Ada", Surname: "L", DisplayName: "Ada L",
			Attributes: map[string][]string{"employeeid": {"42"}},
		},
	}
	for n := range groups {
		l.Person.Groups = append(l.Person.Groups, fmt.Sprintf("group-%03d", n))
	}
	if change != nil {
		change(&l)
	}
	return p.Response(l).Root()
}

func claimsOf(r *etree.Element) (names []string, values map[string][]string) {
	values = map[string][]string{}
	for _, a := range forge.FindAll(r, "Attribute") {
		name := a.SelectAttrValue("Name", "")
		names = append(names, name[strings.LastIndexByte(name, '/')+1:])
		for _, v := range a.ChildElements() {
			values[name] = append(values[name], v.Text())
		}
	}
	return names, values
}

func TestClaims(t *testing.T) {
	t.Parallel()
	names, values := claimsOf(rendered(entra.Settings{Claims: []entra.Claim{
		{Name: "mail", Source: "user.mail"}, {Name: "urn:x/upn", Source: "user.userprincipalname"}, {Name: "id", Source: "user.employeeid"},
		{Name: "oid", Source: "user.objectid"}, {Name: "kind", Source: `"staff"`}, {Name: "none", Source: "user.department"},
	}}, 0, nil))
	assert.Equal(t, []string{"tenantid", "objectidentifier", "displayname", "identityprovider", "authnmethodsreferences", "mail", "upn", "id", "oid", "kind"}, names)
	assert.Equal(t, []string{"ada@acme.example"}, values["mail"])
	assert.Equal(t, []string{"ada@acme.onmicrosoft.example"}, values["urn:x/upn"])
	assert.Equal(t, []string{"42"}, values["id"])
	assert.Equal(t, []string{"staff"}, values["kind"])
	assert.Equal(t, values["http://schemas.microsoft.com/identity/claims/objectidentifier"], values["oid"])

	names, _ = claimsOf(rendered(entra.Settings{Claims: []entra.Claim{}}, 3, nil))
	assert.NotContains(t, names, "givenname", "an administrator who deleted them all")
	assert.NotContains(t, names, "groups", "no group claim unless configured")
}

func TestGroupOverage(t *testing.T) {
	t.Parallel()
	const link = "http://schemas.microsoft.com/claims/groups.link"
	for _, tt := range []struct{ groups, sent, links int }{{0, 0, 0}, {1, 1, 0}, {150, 150, 0}, {151, 0, 1}, {400, 0, 1}} {
		for _, rich := range []bool{false, true} {
			names, values := claimsOf(rendered(entra.Settings{GroupClaims: true}, tt.groups, func(l *idp.Login) { l.Rich = rich }))
			assert.Len(t, values[idp.ClaimGroups], tt.sent, "%d groups", tt.groups)
			assert.Len(t, values[link], tt.links, "%d groups", tt.groups)
			if tt.groups > 0 {
				assert.Contains(t, []string{"groups", "groups.link"}, names[3], "behind displayname")
			}
		}
	}
}

func TestSettingsOnTheWire(t *testing.T) {
	t.Parallel()
	r := rendered(entra.Settings{NameID: "user.mail", NameIDFormat: "unspecified", Audience: "spn:theirs"}, 0, nil)
	id := forge.FindAll(r, "NameID")[0]
	assert.Equal(t, "ada@acme.example", id.Text())
	assert.Equal(t, "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", id.SelectAttrValue("Format", ""))
	assert.Equal(t, "spn:theirs", forge.FindAll(r, "Audience")[0].Text())

	r = rendered(entra.Settings{NameID: "user.mail", NameIDFormat: "unspecified"}, 0, func(l *idp.Login) {
		l.AskedFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	})
	id = forge.FindAll(r, "NameID")[0]
	assert.Equal(t, "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", id.SelectAttrValue("Format", ""), "the request's NameIDPolicy wins")
	assert.Len(t, id.Text(), 43)
	assert.Equal(t, "https://sp.example", forge.FindAll(r, "Audience")[0].Text())
	assert.Equal(t, "ada@acme.example", forge.FindAll(rendered(entra.Settings{}, 0, nil), "NameID")[0].Text())
}
