package idp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

// texts are values of every kind; now and then one that XML cannot hold.
func texts() *rapid.Generator[string] {
	fit := rapid.OneOf(
		rapid.StringMatching(`[a-zA-Z0-9@. ]{0,24}`),
		rapid.StringOf(rapid.SampledFrom([]rune("a<>&\"'\t\n\r ]!-é\u0085\u2028\ufffd\ue000\ue001\U0001F600中"))),
		rapid.Map(rapid.String(), func(s string) string {
			return strings.Map(func(r rune) rune {
				if !fits(string(r)) {
					return -1
				}
				return r
			}, s)
		}),
		rapid.SampledFrom([]string{"2201-06-15T11:22:33.000Z", "]]>", " \ue000000014"}),
	)
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 499).Draw(t, "kind") == 377 {
			return rapid.SampledFrom([]string{"\ufffe", "\x00", "\xff", "a\x1f<", "\xed\xa0\x80"}).Draw(t, "unfit")
		}
		return fit.Draw(t, "fit")
	})
}

func anyPerson(t *rapid.T) idp.Person {
	text := func(name string) string { return texts().Draw(t, name) }
	p := idp.Person{
		Ref: "r", NameID: text("nameid"), Email: text("email"), Username: text("username"), GivenName: text("given"), Surname: text("surname"),
		DisplayName: text("display"), Groups: rapid.SliceOfN(texts(), 0, 4).Draw(t, "groups"), Only: rapid.Bool().Draw(t, "only"),
		Attributes: map[string][]string{},
	}
	if rapid.SampledFrom([]int{0, 0, 0, 0, 1}).Draw(t, "many groups") == 1 {
		p.Groups = strings.Split(strings.Repeat("group,", 160), ",")
	}
	n := rapid.SampledFrom([]int{0, 1, 8, 8, 200}).Draw(t, "attributes")
	for i := range n {
		name := fmt.Sprintf("a%d", i)
		if i < 3 {
			name = text("name")
		}
		values := []string{fmt.Sprint("value ", i)}
		if i < 12 {
			values = rapid.SliceOfN(texts(), 0, 3).Draw(t, "values")
		}
		p.Attributes[name] = values
	}
	return p
}

func anyFace(t *rapid.T, sign string) idp.Profile {
	format := rapid.SampledFrom([]string{"", "persistent", "transient", "emailAddress", "urn:odd:<&>"}).Draw(t, "app's format")
	source := rapid.SampledFrom([]idp.Reference{"", "user.email", "user.mail", `"const&ant"`}).Draw(t, "source")
	audience := rapid.SampledFrom([]string{"", "urn:<theirs>"}).Draw(t, "audience")
	sha1 := rapid.Bool().Draw(t, "sha1")
	if rapid.Bool().Draw(t, "okta") {
		set := okta.Settings{NameID: source, NameIDFormat: format, Audience: audience, SessionLifetime: time.Duration(rapid.IntRange(0, 2).Draw(t, "hours")) * time.Hour}
		if rapid.Bool().Draw(t, "statements") {
			set.Statements = []okta.Statement{{Name: "mail", Format: "basic", Value: "user.email"}, {Name: "x<y", Value: "user.login"}}
			set.GroupStatements = []okta.GroupStatement{{Name: "groups", Filter: "contains", Value: "g"}}
		}
		return okta.New(okta.Config{Sign: sign, SHA1: sha1, Issuer: rapid.SampledFrom([]string{"", "urn:a&b"}).Draw(t, "issuer"), Settings: set})
	}
	set := entra.Settings{NameID: source, NameIDFormat: format, Audience: audience, GroupClaims: rapid.Bool().Draw(t, "group claims")}
	if rapid.Bool().Draw(t, "claims") {
		set.Claims = []entra.Claim{{Name: "urn:upn", Source: "user.userprincipalname"}, {Name: idp.ClaimGroups, Source: "user.a1"}}
	}
	return entra.New(entra.Config{Sign: sign, SHA1: sha1, Settings: set})
}

// fits says whether XML can hold a text (XML 1.0, 2.2).
func fits(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff'
	})
}

// held are all texts that a template holds as values, and those that it holds as
// constants: the names of attributes.
func held(p idp.Person, more ...string) (values, names []string) {
	values = append(append(more, p.NameID, p.Email, p.Username, p.GivenName, p.Surname, p.DisplayName), p.Groups...)
	for name, v := range p.Attributes {
		names, values = append(names, name), append(values, v...)
	}
	return values, names
}

// Both ways start from the same ids, which are drawn before the ways part. Each
// round is five logins at one app; `-rapid.checks=2000` is ten thousand.
func TestTemplateIsTheTree(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	quick, slow := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		face := anyFace(t, rapid.SampledFrom([]string{"response", "assertion", "both"}).Draw(t, "sign"))
		now := time.Unix(1767225600, 0)
		i, err := idp.New(face, idp.Options{State: dir, Now: func() time.Time { return now }})
		require.NoError(t, err)
		for range 5 {
			now = time.Unix(1767225600, rapid.Int64Range(-1e18, 1e18).Draw(t, "now"))
			if one(t, i) {
				quick++
			} else {
				slow++
			}
		}
	})
	t.Logf("%d by template, %d by tree", quick, slow)
	assert.Positive(t, quick)
}

// one compares one login, and says whether it had a template. It must have one
// where XML can hold every text.
func one(t *rapid.T, i *idp.IdP) bool {
	r := idp.Reply{Person: anyPerson(t), Rich: rapid.Bool().Draw(t, "rich"), SP: idp.SP{EntityID: texts().Draw(t, "sp")}}
	r.NameIDFormat = rapid.SampledFrom([]string{"", "transient", "x"}).Draw(t, "reply's format")
	r.Signing = rapid.SampledFrom([]*idp.Signing{nil, nil, {Response: true, Assertion: true}, {Response: true}, {Assertion: true}, {}}).Draw(t, "signing")
	request, acs := texts().Draw(t, "request"), texts().Draw(t, "acs")
	tree, made, err := i.Both(r, request, acs,
		rapid.SampledFrom([]string{"", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:asked"}).Draw(t, "asked"),
		rapid.SampledFrom([]string{"", "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"}).Draw(t, "context"), rapid.Bool().Draw(t, "force"))
	require.NoError(t, err)
	if made == nil {
		values, names := held(r.Person, r.SP.EntityID, request, acs)
		assert.True(t, slices.ContainsFunc(append(values, names...), func(s string) bool { return !fits(s) }) ||
			slices.ContainsFunc(names, func(s string) bool { return strings.ContainsAny(s, "\ue000\ue001") || strings.HasPrefix(s, "2201-") }),
			"why is there no template?")
		return false
	}
	require.Equal(t, string(tree.XML), string(made.XML))
	assert.Equal(t, tree, made)
	return true
}
