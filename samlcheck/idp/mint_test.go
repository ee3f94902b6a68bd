package idp_test

import (
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

func mint(t *testing.T, i *idp.IdP, r idp.Reply) (*idp.Minted, *etree.Element) {
	t.Helper()
	r.SP = service()
	m, err := i.Mint(r, "req-1", acs, nil)
	require.NoError(t, err)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(m.XML))
	return m, doc.Root()
}

func TestSigningFaults(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := open(t, p, "")
			all := &idp.Signing{Response: true, Assertion: true}
			_, good := mint(t, i, idp.Reply{Person: alice(), Signing: all})
			known := forge.CertificateText(i.Certificate(), p.Style().Wrap)
			for _, e := range []*etree.Element{good, forge.FindAll(good, "Assertion")[0]} {
				assert.NoError(t, forge.VerifyDER(e, i.Certificate()))
			}

			m, r := mint(t, i, idp.Reply{Person: alice(), Signing: all, Forge: []forge.Mutation{forge.Unsigned()}})
			assert.Empty(t, forge.FindAll(r, "Signature"))
			assert.Empty(t, m.Sent.Signed)
			assert.Equal(t, []string{forge.Unsigned().Name}, m.Sent.Changed)

			m, r = mint(t, i, idp.Reply{Person: alice(), Signing: all, Forge: []forge.Mutation{forge.SignedByForeignKey()}})
			assert.Equal(t, "both", m.Sent.Signed)
			assert.Error(t, forge.VerifyDER(r, i.Certificate()))
			assert.NotEqual(t, known, forge.FindAll(r, "X509Certificate")[0].Text())

			_, r = mint(t, i, idp.Reply{Person: alice(), Signing: all, Forge: []forge.Mutation{forge.SignedByForeignKeyMasked()}})
			assert.Error(t, forge.VerifyDER(r, i.Certificate()))
			assert.Equal(t, known, forge.FindAll(r, "X509Certificate")[0].Text())

			// Without an assertion the response is what is signed.
			m, r = mint(t, i, idp.Reply{Person: alice(), Signing: &idp.Signing{Assertion: true}, Forge: []forge.Mutation{forge.NoAssertion()}})
			assert.NoError(t, forge.VerifyDER(r, i.Certificate()))
			assert.Equal(t, "response", m.Sent.Signed)
		})
	}
}

func TestLieBeforeSigningIsSigned(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		i := open(t, p, "")
		_, r := mint(t, i, idp.Reply{Person: alice(), Forge: []forge.Mutation{forge.Audience("https://other.example/sp")}})
		a := forge.FindAll(r, "Assertion")[0]
		assert.Equal(t, "https://other.example/sp", forge.FindAll(a, "Audience")[0].Text(), name)
		assert.NoError(t, forge.VerifyDER(a, i.Certificate()), name)
	}
}

// The forged part names the victim as this face would: NameID and attributes.
func TestCarry(t *testing.T) {
	t.Parallel()
	victim := idp.Person{
		Ref: "fresh-1", Email: "zuko@acme.example", Username: "zuko@acme.example", GivenName: "Zuko", Surname: "Brandt",
		DisplayName: "Zuko Brandt", Groups: []string{"staff"},
	}
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := open(t, p, "")
			_, r := mint(t, i, idp.Reply{
				Person: alice(), Carry: &victim, Rich: true, Signing: &idp.Signing{Assertion: true},
				Forge: []forge.Mutation{forge.WrapFirst()},
			})
			all := forge.FindAll(r, "Assertion")
			require.Len(t, all, 2)
			said := func(a *etree.Element) string {
				doc := etree.NewDocument()
				doc.SetRoot(a.Copy())
				s, err := doc.WriteToString()
				require.NoError(t, err)
				return s
			}
			assert.Equal(t, "zuko@acme.example", forge.FindAll(all[0], "NameID")[0].Text())
			for _, v := range []string{"Zuko", "Brandt", "Zuko Brandt"} {
				assert.Contains(t, said(all[0]), ">"+v+"<")
			}
			for _, v := range []string{"Alice", "Moreau", "alice@acme.example"} {
				assert.NotContains(t, said(all[0]), v)
				assert.Contains(t, said(all[1]), v)
			}
		})
	}
}

func TestDenial(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		i := open(t, p, "")
		m, r := mint(t, i, idp.Reply{Person: alice(), Deny: true})
		assert.Empty(t, forge.FindAll(r, "Assertion"), name)
		codes := forge.FindAll(r, "StatusCode")
		require.Len(t, codes, 2)
		assert.Equal(t, "urn:oasis:names:tc:SAML:2.0:status:Responder", codes[0].SelectAttrValue("Value", ""))
		assert.Equal(t, "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed", codes[1].SelectAttrValue("Value", ""))
		assert.Equal(t, "req-1", r.SelectAttrValue("InResponseTo", ""))
		assert.NoError(t, forge.VerifyDER(r, i.Certificate()), "signed, so that a strict service provider reads it")
		assert.Empty(t, m.Sent.Attributes)
		assert.NotContains(t, m.XML, "alice")
	}
}

func TestAttributeSets(t *testing.T) {
	t.Parallel()
	names := func(p idp.Profile, r idp.Reply) []string {
		m, _ := mint(t, open(t, p, ""), r)
		return m.Sent.Attributes
	}
	bare := alice()
	bare.Attributes = nil
	only := alice()
	only.Only = true
	const ms, soap = "http://schemas.microsoft.com/", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
	assert.Empty(t, names(okta.New(okta.Config{}), idp.Reply{Person: bare}), "Okta sends none by default")
	assert.Equal(t, []string{
		ms + "identity/claims/tenantid", ms + "identity/claims/objectidentifier", ms + "identity/claims/displayname",
		ms + "identity/claims/identityprovider", ms + "claims/authnmethodsreferences",
		soap + "givenname", soap + "surname", soap + "emailaddress", soap + "name",
	}, names(entra.New(entra.Config{}), idp.Reply{Person: bare}))
	for _, p := range profiles() {
		rich := names(p, idp.Reply{Person: alice(), Rich: true})
		for _, want := range []string{
			"email", "firstName", "lastName", "displayName", "username", "login", "mail", "givenName", "sn", "groups=staff,editors",
			soap + "emailaddress", soap + "givenname", soap + "surname", soap + "name", idp.ClaimGroups + "=staff,editors", "department",
		} {
			assert.Contains(t, rich, want, p.Name())
		}
		assert.Equal(t, []string{"department"}, names(p, idp.Reply{Person: only, Rich: true}), p.Name())
		guest := alice()
		guest.GivenName, guest.DisplayName = "", ""
		assert.NotContains(t, names(p, idp.Reply{Person: guest, Rich: true}), "firstName", "without a source, left out")
	}
}

func TestNameIDs(t *testing.T) {
	t.Parallel()
	ask := func(p idp.Profile, who idp.Person, configured string) (string, string) {
		_, r := mint(t, open(t, p, ""), idp.Reply{Person: who, NameIDFormat: configured})
		id := forge.FindAll(r, "NameID")[0]
		return id.SelectAttrValue("Format", ""), id.Text()
	}
	const v1, v2 = "urn:oasis:names:tc:SAML:1.1:nameid-format:", "urn:oasis:names:tc:SAML:2.0:nameid-format:"
	format, value := ask(okta.New(okta.Config{}), alice(), "")
	assert.Equal(t, v1+"unspecified alice@acme.example", format+" "+value)
	format, value = ask(okta.New(okta.Config{}), alice(), "persistent")
	assert.Equal(t, v2+"persistent alice@acme.example", format+" "+value, "Okta's persistent is still the user name")
	format, value = ask(entra.New(entra.Config{}), alice(), "")
	assert.Equal(t, v1+"emailAddress alice@acme.example", format+" "+value)
	format, value = ask(entra.New(entra.Config{}), alice(), "persistent")
	assert.Equal(t, v2+"persistent", format)
	assert.Regexp(t, `^[A-Za-z0-9_-]{43}$`, value)
	_, again := ask(entra.New(entra.Config{}), alice(), "persistent")
	assert.Equal(t, value, again, "pairwise, and the same at the next login")
	named := alice()
	named.NameID = "u-17"
	format, value = ask(entra.New(entra.Config{}), named, "persistent")
	assert.Equal(t, v2+"persistent u-17", format+" "+value, "the target file's own name is sent as it is")
}

func TestTimesAndIDs(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 10, 0, 0, 123456789, time.UTC)
	for name, p := range profiles() {
		i, err := idp.New(p, idp.Options{Now: func() time.Time { return now }})
		require.NoError(t, err)
		seen := map[string]bool{}
		for range 20 {
			m, err := i.Mint(idp.Reply{Person: alice(), SP: service()}, "", acs, nil)
			require.NoError(t, err)
			doc := etree.NewDocument()
			require.NoError(t, doc.ReadFromString(m.XML))
			r, a := doc.Root(), forge.FindAll(doc.Root(), "Assertion")[0]
			for _, id := range []string{r.SelectAttrValue("ID", ""), a.SelectAttrValue("ID", "")} {
				assert.False(t, seen[id], "an id twice")
				seen[id] = true
			}
			assert.Equal(t, "2026-03-01T10:00:00.123Z", r.SelectAttrValue("IssueInstant", ""))
			c, index := forge.FindAll(a, "Conditions")[0], forge.FindAll(a, "AuthnStatement")[0].SelectAttrValue("SessionIndex", "")
			before, after := at(t, c, "NotBefore"), at(t, c, "NotOnOrAfter")
			if name == "okta" {
				assert.Equal(t, 10*time.Minute, after.Sub(before))
				assert.Regexp(t, `^id1772359200123\.\d+$`, index)
				continue
			}
			assert.Equal(t, 65*time.Minute, after.Sub(before))
			lead := now.Truncate(time.Millisecond).Add(-5 * time.Minute).Sub(before)
			assert.True(t, lead >= 110*time.Millisecond && lead <= 310*time.Millisecond, "%v", lead)
			assert.Equal(t, a.SelectAttrValue("ID", ""), index)
			assert.Regexp(t, `^_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{10}00$`, index)
		}
	}
}

func at(t *testing.T, e *etree.Element, name string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339Nano, e.SelectAttrValue(name, ""))
	require.NoError(t, err)
	return v
}
