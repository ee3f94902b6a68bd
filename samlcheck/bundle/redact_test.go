package bundle

import (
	"encoding/base64"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.com/samepage/samlcheck/transcript"
)

var alice = transcript.Person{
	Ref: "known", NameID: "Alicia.Wonder@corp.example", Email: "alicia.wonder@corp.example", Username: "awonder77",
	GivenName: "Alicia", Surname: "Wonder", DisplayName: "Alicia Wonder",
}

func redactor(t testing.TB, known transcript.Person, hidden ...string) *Redactor {
	t.Helper()
	r, err := NewRedactor(Rules{Known: &known, Keep: []string{"acme.example", "sp.corp.example:8443"}, Hidden: hidden, Key: []byte("fixed for this test")})
	require.NoError(t, err)
	return r
}

func TestRedactionKeepsTheShape(t *testing.T) {
	t.Parallel()
	r := redactor(t, alice)
	for _, s := range []string{
		"alicia.wonder@corp.example", "ALICIA.WONDER@CORP.EXAMPLE", "Alicia Wonder", "Wonder, Alicia", "alicia", "awonder77",
		"/users/alicia.wonder%40corp.example/home?u=alicia.wonder%40corp.example", "Hello Alicia!", `{"n":"\nalicia"}`, `"alicia\u0040x"`,
	} {
		out := r.String(s)
		assert.NotEqual(t, s, out)
		assert.Len(t, out, len(s), "same length: %s -> %s", s, out)
		assert.NotContains(t, strings.ToLower(out), "alicia")
		assert.NotContains(t, strings.ToLower(out), "wonder")
		assert.Equal(t, shape(s), shape(out), "%s -> %s", s, out)
		assert.Equal(t, out, r.String(out), "idempotent")
		assert.Equal(t, s, r.Reveal(out), "the local terminal can turn it back")
	}
}

func shape(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return 'a'
		case r >= 'A' && r <= 'Z':
			return 'A'
		case r >= '0' && r <= '9':
			return '0'
		}
		return r
	}, s)
}

func TestOneValueOneTokenEverywhere(t *testing.T) {
	t.Parallel()
	r := redactor(t, alice)
	email := r.String(alice.Email)
	local, _, _ := strings.Cut(email, "@")
	assert.Equal(t, local, r.String("alicia.wonder"))
	given, surname, _ := strings.Cut(local, ".")
	assert.Equal(t, given, strings.ToLower(r.String("Alicia")))
	assert.Equal(t, surname, strings.ToLower(r.String("WONDER")))
	assert.Contains(t, r.String(html.EscapeString("<b>"+alice.Email+"</b>")), email)
	assert.Equal(t, r.String("Alicia"), redactor(t, alice).String("Alicia"), "the same key, the same token")
	other, err := NewRedactor(Rules{Known: &alice})
	require.NoError(t, err)
	assert.NotEqual(t, email, other.String(alice.Email), "another run, another token")
}

func TestWhatMustStayStays(t *testing.T) {
	t.Parallel()
	r := redactor(t, alice)
	for _, s := range []string{
		"", "samlcheck-7f3a-1@acme.example", "https://sp.corp.example:8443/saml/acs", "sp.corp.example", "Malicia",
		"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "naïve İstanbul ẞ",
	} {
		assert.Equal(t, s, r.String(s))
	}
	r = redactor(t, transcript.Person{Ref: "known", Email: "ann.audie@corp.example"})
	for _, s := range []string{"annual", "<saml:AudienceRestriction>", "<Audience>"} {
		assert.Equal(t, s, r.String(s), "a name within another word, or a word of the trade")
	}
	assert.NotContains(t, r.String("Audieing.example"), "Audie", "what a forged message glues to a name")
	// A test account's name is made of words that the protocol uses: only whole
	// addresses are replaced, never element names.
	r = redactor(t, transcript.Person{Ref: "known", Email: "saml.test@corp.example", NameID: "user", GivenName: "Test", Surname: "User"})
	assert.Equal(t, `<saml:Attribute Name="User">test</saml:Attribute>`, r.String(`<saml:Attribute Name="User">test</saml:Attribute>`))
	assert.NotContains(t, r.String("x saml.test@corp.example"), "test")
}

func TestNamesOfOtherAlphabets(t *testing.T) {
	t.Parallel()
	r := redactor(t, transcript.Person{Ref: "known", Email: "andre@corp.example", GivenName: "André", Surname: "O'Connor-Müller", DisplayName: "André O'Connor-Müller"})
	for _, s := range []string{
		"Bonjour André", "Bonjour Andr%C3%A9", "Bonjour Andr&#233;", "Bonjour Andr&#xe9;", `Bonjour Andr\u00e9`, "MÜLLER", "O&#39;Connor", "o%27connor",
	} {
		out := r.String(s)
		assert.NotEqual(t, s, out)
		assert.NotContains(t, strings.ToLower(out), "andr")
		assert.NotContains(t, strings.ToLower(out), "connor")
		assert.Empty(t, r.Leak(out), out)
		assert.NotEmpty(t, r.Leak(s), s)
	}
}

func TestSecretsAreCutInEverySpelling(t *testing.T) {
	t.Parallel()
	const canary = "s3cr3t/canary+value=="
	r := redactor(t, alice, canary)
	for _, s := range []string{
		canary, url.QueryEscape(canary), html.EscapeString(canary),
		base64.StdEncoding.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte("x:" + canary + "!")),
		base64.URLEncoding.EncodeToString([]byte("ab" + canary)),
	} {
		assert.NotEmpty(t, r.Leak("before "+s+" after"), s)
		out := r.String("before " + s + " after")
		assert.Empty(t, r.Leak(out), out)
		assert.Contains(t, out, cutSecret)
	}
	assert.NotEmpty(t, r.Leak(base64.StdEncoding.EncodeToString([]byte("mail=alicia.wonder@corp.example"))), "identities too")
}

// Whatever the name and the text around it, nothing of it is left, the text
// keeps its length, and it can be turned back.
func TestAnyNameVanishes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		local := rapid.StringMatching(`[a-z]{3,9}[0-9]{0,3}([._-][a-z]{3,9})?`).Draw(rt, "local")
		p := transcript.Person{Ref: "known", Email: local + "@" + rapid.StringMatching(`[a-z]{4,8}\.(com|example)`).Draw(rt, "domain")}
		r, err := NewRedactor(Rules{Known: &p, Keep: []string{"acme.example"}, Key: []byte("k")})
		if err != nil {
			rt.Fatal(err)
		}
		edge := rapid.StringMatching(`[ <>"'/?=&;:.]{1,3}`)
		s := edge.Draw(rt, "before") + p.Email + edge.Draw(rt, "after") + url.QueryEscape(strings.ToUpper(p.Email)) + " " + local
		out := r.String(s)
		if rule := r.Leak(out); rule != "" {
			rt.Fatalf("%q -> %q leaks by %s", s, out, rule)
		}
		if len(out) != len(s) || r.Reveal(out) != s {
			rt.Fatalf("%q -> %q -> %q", s, out, r.Reveal(out))
		}
	})
}

func FuzzString(f *testing.F) {
	f.Add("alicia İ \xff alicia%40")
	f.Add(`\u0040alicia`)
	f.Fuzz(func(t *testing.T, s string) {
		r := redactor(t, alice, "canary-secret")
		out := r.String(s)
		if again := r.String(out); again != out {
			t.Errorf("%q -> %q -> %q", s, out, again)
		}
		if rule := r.Leak(out); rule != "" && !strings.Contains(rule, "base64") {
			t.Errorf("%q -> %q leaks by %s", s, out, rule)
		}
	})
}
