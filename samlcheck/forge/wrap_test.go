package forge_test

import (
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

// reread is what a service provider gets: the bytes, parsed again.
func reread(t *testing.T, r *etree.Element) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	doc.SetRoot(r.Copy())
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)
	again := etree.NewDocument()
	require.NoError(t, again.ReadFromBytes(raw))
	return again.Root()
}

func nameID(t *testing.T, assertion *etree.Element) string {
	t.Helper()
	ids := forge.FindAll(assertion, "NameID")
	require.Len(t, ids, 1)
	return ids[0].Text()
}

func TestWrappedAssertions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		m    forge.Mutation
		evil int // place among the two assertions
	}{{forge.WrapFirst(), 0}, {forge.WrapLast(), 1}} {
		for _, face := range faces() {
			t.Run(tt.m.Name+"/"+face, func(t *testing.T) {
				t.Parallel()
				r := sample(t, face, "assertion")
				genuine := lines(forge.FindAll(r, "Assertion")[0], "")
				require.NoError(t, tt.m.Apply(r, context()))
				r = reread(t, r)

				all := forge.FindAll(r, "Assertion")
				require.Len(t, all, 2)
				evil, good := all[tt.evil], all[1-tt.evil]
				assert.Equal(t, genuine, lines(good, ""), "the signed one is untouched")
				assert.Equal(t, good.NamespaceURI(), evil.NamespaceURI())
				assert.Equal(t, r, evil.Parent())
				assert.Empty(t, forge.FindAll(evil, "Signature"))
				assert.Equal(t, "victim@corp.example", nameID(t, evil))
				assert.Equal(t, "new-1", evil.SelectAttrValue("ID", ""))
				assert.NotContains(t, strings.Join(lines(evil, ""), "\n"), "signer@corp.example")
				assert.Equal(t, "new-1", forge.FindAll(evil, "AuthnStatement")[0].SelectAttrValue("SessionIndex", ""))

				require.Error(t, tt.m.Apply(r, context()), "never twice")
				assert.ErrorContains(t, tt.m.Apply(sample(t, face, ""), context()), "not signed")
				assert.ErrorContains(t, tt.m.Apply(sample(t, face, "both"), context()), "broken")
				assert.ErrorContains(t, tt.m.Apply(sample(t, face, "assertion"), forge.Context{NewID: func() string { return "x" }}), "nobody to name")
			})
		}
	}
}

func TestWrappedResponse(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			r := sample(t, face, "response")
			whole := r.Copy()
			whole.RemoveChild(forge.FindAll(whole, "Signature")[0])
			genuine := lines(whole, "")
			require.NoError(t, forge.WrapResponse().Apply(r, context()))
			r = reread(t, r)

			require.Len(t, forge.FindAll(r, "Signature"), 1)
			object := forge.FindAll(r, "Object")
			require.Len(t, object, 1)
			assert.Equal(t, "http://www.w3.org/2000/09/xmldsig#", object[0].NamespaceURI())
			require.Len(t, object[0].ChildElements(), 1)
			assert.Equal(t, genuine, lines(object[0].ChildElements()[0], ""), "the signed response lies there whole")
			assert.NotEqual(t, object[0].ChildElements()[0].SelectAttrValue("ID", ""), r.SelectAttrValue("ID", ""))
			outer := r.SelectElements("Assertion")
			require.Len(t, outer, 1)
			assert.Equal(t, "victim@corp.example", nameID(t, outer[0]))

			assert.ErrorContains(t, forge.WrapResponse().Apply(sample(t, face, "assertion"), context()), "not signed")
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		plain, cut := sample(t, face, ""), sample(t, face, "")
		before := lines(plain, "")
		require.NoError(t, forge.LongerName().Apply(plain, context()))
		assert.ElementsMatch(t, []string{
			"-Subject/NameID=signer@corp.example", "-Attribute/AttributeValue=signer@corp.example",
			"+Subject/NameID=victim@corp.exampleing.example", "+Attribute/AttributeValue=victim@corp.exampleing.example",
		}, changed(before, lines(plain, "")))

		require.NoError(t, forge.CommentInName().Apply(cut, context()))
		id := forge.FindAll(reread(t, cut), "NameID")[0]
		require.Len(t, id.Child, 3)
		assert.Equal(t, "victim@corp.example", id.Child[0].(*etree.CharData).Data, "what a careless reader sees")
		for _, e := range forge.FindAll(cut, "NameID") {
			assert.Empty(t, e.Child[1].(*etree.Comment).Data)
		}
		assert.ErrorContains(t, forge.CommentInName().Apply(sample(t, face, ""), forge.Context{}), "nobody to name")
		assert.Error(t, forge.CommentInName().Apply(etree.NewElement("Response"), context()))
	}
}
