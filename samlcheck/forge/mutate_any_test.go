package forge_test

import (
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

// TestAnyElementOrAttribute: each changes what its path names, and refuses to
// do nothing.
func TestAnyElementOrAttribute(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m    forge.Mutation
		want []string // on both faces
	}{
		{forge.Said("Response", "ID", ""), []string{"/Response@ID"}},
		{forge.Said("NameID", "NameQualifier", ""), []string{"Subject/NameID@NameQualifier"}},
		{forge.Said("SubjectConfirmationData", "Recipient", "x"), []string{"SubjectConfirmation/SubjectConfirmationData@Recipient=x"}},
		{forge.Unsaid("Response", "Destination"), nil},
		{forge.Unsaid("SubjectConfirmation", "Method"), nil},
		{forge.Without("Response/Issuer"), nil},
		{forge.Without("Assertion/Issuer"), nil},
		{forge.Emptied("Audience"), nil},
		{forge.Bare("Conditions"), nil},
		{forge.Moved("Response", "IssueInstant", 24*time.Hour), nil},
		{forge.NoStatusCode(), []string{"Status/StatusMessage", "Status/StatusMessage=Signed in."}},
		{forge.AuthnClass("x"), []string{"AuthnContext/AuthnContextClassRef=x"}},
	} {
		for _, face := range faces() {
			r := sample(t, face, "")
			before := lines(r, "")
			require.NoError(t, c.m.Apply(r, context()), "%s %s", face, c.m.Name)
			diff := changed(before, lines(r, ""))
			assert.NotEmpty(t, diff, c.m.Name)
			for _, w := range c.want {
				assert.Contains(t, diff, "+"+w, "%s %s", face, c.m.Name)
			}
			assert.Error(t, c.m.Apply(etree.NewElement("Other"), context()), c.m.Name)
		}
	}
}

// TestOneOfTwoIssuers: a path is the end of the way, so that the response's
// Issuer is not the assertion's.
func TestOneOfTwoIssuers(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		r := sample(t, face, "")
		require.NoError(t, forge.Without("Assertion/Issuer").Apply(r, context()))
		left := forge.FindAll(r, "Issuer")
		require.Len(t, left, 1)
		assert.Equal(t, r, left[0].Parent())
		assert.Error(t, forge.Without("Assertion/Issuer").Apply(r, context()), "it is gone")
		assert.Error(t, forge.Unsaid("Response", "Nothing").Apply(r, context()))
	}
}

func TestRewordings(t *testing.T) {
	t.Parallel()
	for how, want := range map[forge.Rewording]string{
		forge.SlashOtherwise: "https://sp.example/acs/", forge.CaseOtherwise: "HTTPS://SP.EXAMPLE/ACS",
		forge.SchemeOtherwise: "http://sp.example/acs", forge.PortOtherwise: "https://sp.example:8443/acs",
	} {
		r := sample(t, "okta", "")
		require.NoError(t, forge.Reworded("SubjectConfirmationData", "Recipient", how).Apply(r, context()))
		assert.Equal(t, want, forge.FindAll(r, "SubjectConfirmationData")[0].SelectAttrValue("Recipient", ""))
	}
}

// TestBothAssertionsAreVouchedFor: the second one is the other person's, has an
// ID of its own and, where that is asked for, is over.
func TestBothAssertionsAreVouchedFor(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		r := sample(t, face, "")
		require.NoError(t, forge.VouchedLongAgo(time.Hour).Apply(r, context()))
		both := forge.FindAll(r, "Assertion")
		require.Len(t, both, 2)
		assert.NotEqual(t, both[0].SelectAttrValue("ID", ""), both[1].SelectAttrValue("ID", ""))
		assert.Equal(t, context().Carry.NameID, forge.FindAll(both[0], "NameID")[0].Text())
		assert.NotEqual(t, context().Carry.NameID, forge.FindAll(both[1], "NameID")[0].Text())
		end := func(a *etree.Element) string {
			return forge.FindAll(a, "Conditions")[0].SelectAttrValue("NotOnOrAfter", "")
		}
		assert.Less(t, end(both[0]), end(both[1]))
		assert.Error(t, forge.Vouched().Apply(r, context()), "there are two already")
	}
}

func TestErrorsHaveNoAssertion(t *testing.T) {
	t.Parallel()
	r := sample(t, "okta", "")
	m := forge.Refusal("a", "b", "c")
	require.Error(t, m.Apply(r, context()))
	require.NoError(t, forge.NoAssertion().Apply(r, context()))
	require.NoError(t, m.Apply(r, context()))
	assert.Len(t, forge.FindAll(r, "StatusCode"), 2)
	assert.Equal(t, "c", forge.FindAll(r, "StatusMessage")[0].Text())
}

// TestOldResponse: nothing of SAML 2.0 is left, and what it said is said.
func TestOldResponse(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		r := sample(t, face, "")
		who := forge.FindAll(r, "NameID")[0].Text()
		require.NoError(t, forge.SAML1().Apply(r, context()))
		assert.Equal(t, "urn:oasis:names:tc:SAML:1.0:protocol", r.NamespaceURI())
		assert.Equal(t, who, forge.FindAll(r, "NameIdentifier")[0].Text())
		assert.Error(t, forge.SAML1().Apply(r, context()))
	}
}
