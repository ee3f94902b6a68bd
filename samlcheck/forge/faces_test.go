package forge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/target"
)

// These tests spoil what the two faces really send, and read the signatures
// again from the bytes.

type mocks map[string]*idp.IdP

func newMocks(t *testing.T) mocks {
	t.Helper()
	m := mocks{}
	for _, name := range face.All() {
		p, err := face.New(name, target.IdP{})
		require.NoError(t, err)
		m[name], err = idp.New(p, idp.Options{})
		require.NoError(t, err)
	}
	return m
}

func (m mocks) mint(t *testing.T, name, signed string, fault ...forge.Mutation) *etree.Element {
	t.Helper()
	person := func(ref string) idp.Person {
		return idp.Person{
			Ref: ref, NameID: ref + "@corp.example", Email: ref + "@corp.example", Username: ref + "@corp.example",
			GivenName: strings.ToUpper(ref), Surname: "Of" + ref, DisplayName: ref + " the person", Groups: []string{"staff"},
		}
	}
	victim := person("victim")
	minted, err := m[name].Mint(idp.Reply{
		Person: person("signer"), Carry: &victim, Rich: true, Forge: fault,
		SP:      idp.SP{EntityID: "https://sp.example/saml", ACS: []string{"https://sp.example/acs"}},
		Signing: &idp.Signing{Response: signed != "assertion", Assertion: signed != "response"},
	}, "req-1", "https://sp.example/acs", nil)
	require.NoError(t, err)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(minted.XML))
	return doc.Root()
}

// sound says whether every signature stands, and there is one.
func (m mocks) sound(t *testing.T, name string, r *etree.Element) bool {
	t.Helper()
	places := append([]*etree.Element{r}, forge.FindAll(r, "Assertion")...)
	signed := 0
	for _, e := range places {
		if e.SelectElement("Signature") == nil {
			continue
		}
		signed++
		if forge.VerifyDER(e, m[name].Certificate()) != nil {
			return false
		}
	}
	return signed > 0
}

func TestFaultsOnRealResponses(t *testing.T) {
	t.Parallel()
	m := newMocks(t)
	for _, name := range face.All() {
		for _, signed := range []string{"response", "assertion", "both"} {
			assert.True(t, m.sound(t, name, m.mint(t, name, signed)), "%s, signed %s", name, signed)
			for _, f := range faults() {
				lie := f.m.Stage == forge.BeforeSigning
				assert.Equal(t, lie, m.sound(t, name, m.mint(t, name, signed, f.m)), "%s, signed %s: %s", name, signed, f.m.Name)
			}
			for _, f := range []forge.Mutation{forge.SignedByForeignKey(), forge.SignedByForeignKeyMasked(), forge.Unsigned()} {
				assert.False(t, m.sound(t, name, m.mint(t, name, signed, f)), "%s, signed %s: %s", name, signed, f.Name)
			}
			for _, f := range []forge.Mutation{forge.LongerName(), forge.CommentInName(), forge.NoAuthnStatement()} {
				assert.True(t, m.sound(t, name, m.mint(t, name, signed, f)), "%s, signed %s: %s", name, signed, f.Name)
			}
		}
	}
}

// TestWrappedRealResponses: what was signed still verifies where it stands, and
// the victim is named only in what was not.
func TestWrappedRealResponses(t *testing.T) {
	t.Parallel()
	m := newMocks(t)
	for _, name := range face.All() {
		for _, tt := range []struct {
			f    forge.Mutation
			evil int
		}{{forge.WrapFirst(), 0}, {forge.WrapLast(), 1}} {
			r := m.mint(t, name, "assertion", tt.f)
			all := forge.FindAll(r, "Assertion")
			require.Len(t, all, 2)
			good, evil := all[1-tt.evil], all[tt.evil]
			require.NoError(t, forge.VerifyDER(good, m[name].Certificate()), "%s: %s", name, tt.f.Name)
			assert.Equal(t, "signer@corp.example", nameID(t, good))
			assert.Equal(t, "victim@corp.example", nameID(t, evil))
			assert.NotContains(t, strings.Join(lines(evil, ""), "\n"), "signer", "%s: %s", name, tt.f.Name)
		}
		r := m.mint(t, name, "response", forge.WrapResponse())
		sig := r.SelectElement("Signature")
		require.NotNil(t, sig)
		object := sig.SelectElement("Object")
		require.NotNil(t, object)
		genuine := object.ChildElements()[0]
		sig.RemoveChild(object)
		r.RemoveChild(sig)
		genuine.InsertChildAt(1, sig) // where it was: the same bytes verify again
		doc := etree.NewDocument()
		doc.SetRoot(genuine)
		assert.NoError(t, forge.VerifyDER(genuine, m[name].Certificate()), name)
		assert.Equal(t, "victim@corp.example", nameID(t, r.SelectElement("Assertion")))
	}
}

// TestTimesOnRealResponses: the distance is reckoned from the response itself.
func TestTimesOnRealResponses(t *testing.T) {
	t.Parallel()
	m := newMocks(t)
	for _, name := range face.All() {
		r := m.mint(t, name, "both", forge.ConditionsExpired(time.Hour))
		at := func(e *etree.Element, attr string) time.Time {
			v, err := time.Parse(time.RFC3339Nano, e.SelectAttrValue(attr, ""))
			require.NoError(t, err)
			return v
		}
		issued := at(forge.FindAll(r, "Assertion")[0], "IssueInstant")
		assert.Equal(t, time.Hour, issued.Sub(at(forge.FindAll(r, "Conditions")[0], "NotOnOrAfter")), name)
		assert.True(t, at(forge.FindAll(r, "SubjectConfirmationData")[0], "NotOnOrAfter").After(issued), name)
	}
}
