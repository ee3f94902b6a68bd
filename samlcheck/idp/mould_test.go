package idp_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/okta"
)

func mintAs(t *testing.T, i *idp.IdP, r idp.Reply) *etree.Element {
	t.Helper()
	_, root := mint(t, i, r)
	return root
}

// The second login of a shape makes the template, the third comes from it, and
// what it says is said of the person of the third.
func TestTemplateAfterTwo(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		i := open(t, p, "")
		for n, want := range []int{0, 1, 1, 1} {
			who := alice()
			who.Email, who.NameID = strings.Repeat("x", n)+"&@acme.example", "n"+strings.Repeat("<", n)
			root := mintAs(t, i, idp.Reply{Person: who, Signing: &idp.Signing{Response: true, Assertion: true}})
			have, never := i.Moulds()
			assert.Equal(t, want, have, name)
			assert.Zero(t, never, name)
			assert.Equal(t, who.NameID, forge.FindAll(root, "NameID")[0].Text())
			assert.NoError(t, forge.VerifyDER(root, i.Certificate()))
			assert.NoError(t, forge.VerifyDER(forge.FindAll(root, "Assertion")[0], i.Certificate()))
		}
	}
}

// What is forged or denied is made as a tree, and so is what XML cannot hold.
func TestNoTemplateForTheOdd(t *testing.T) {
	t.Parallel()
	i := open(t, profiles()["okta"], "")
	for range 3 {
		mintAs(t, i, idp.Reply{Person: alice(), Deny: true})
		mintAs(t, i, idp.Reply{Person: alice(), Forge: []forge.Mutation{forge.Unsigned()}})
	}
	have, never := i.Moulds()
	assert.Zero(t, have+never)
	for range 3 {
		mintAs(t, i, idp.Reply{Person: alice()})
	}
	who := alice()
	who.GivenName = "A\x01"
	assert.Len(t, forge.FindAll(mintAs(t, i, idp.Reply{Person: who}), "NameID"), 1)
	root := mintAs(t, i, idp.Reply{Person: alice(), Forge: []forge.Mutation{forge.Audience("https://other.example/sp")}})
	assert.Equal(t, "https://other.example/sp", forge.FindAll(root, "Audience")[0].Text(), "a template does not stand in a mutation's way")
}

// After a rollover nothing is signed with the old key.
func TestTemplateAfterRollover(t *testing.T) {
	t.Parallel()
	i := open(t, profiles()["entra"], t.TempDir())
	for range 3 {
		mintAs(t, i, idp.Reply{Person: alice()})
	}
	before := i.Certificate()
	_, err := i.NewCertificate()
	require.NoError(t, err)
	require.NoError(t, i.Activate())
	require.NotEqual(t, before, i.Certificate())
	for range 3 {
		a := forge.FindAll(mintAs(t, i, idp.Reply{Person: alice()}), "Assertion")[0]
		assert.NoError(t, forge.VerifyDER(a, i.Certificate()))
	}
}

// liar says that it is settled, and makes its response of something else.
type liar struct{ *okta.Profile }

func (l liar) Response(login idp.Login) *etree.Document {
	doc := l.Profile.Response(login)
	if login.Person.Email != "" {
		forge.FindAll(doc.Root(), "Subject")[0].CreateComment(login.Person.Email)
	}
	return doc
}

// A face whose trees and template differ keeps its trees.
func TestTreeWins(t *testing.T) {
	t.Parallel()
	i := open(t, liar{okta.New(okta.Config{})}, "")
	for range 4 {
		m, _ := mint(t, i, idp.Reply{Person: alice()})
		assert.Contains(t, m.XML, "<!--"+alice().Email+"-->")
	}
	have, never := i.Moulds()
	assert.Equal(t, [2]int{0, 1}, [2]int{have, never})
}

func TestTemplatesAtOnce(t *testing.T) {
	t.Parallel()
	i := open(t, profiles()["okta"], "")
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for k := range 6 {
				who := alice()
				who.Email = strings.Repeat("a", 1+n) + "@acme.example"
				who.Groups = who.Groups[:k%3]
				m, err := i.Mint(idp.Reply{Person: who, Rich: true, SP: service()}, "id-1", acs, nil)
				if assert.NoError(t, err) {
					assert.Contains(t, m.XML, ">"+who.Email+"<")
				}
			}
		})
	}
	all.Wait()
}
