package forge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

// additions put something beside what is there.
func additions() []forge.Mutation {
	return []forge.Mutation{
		forge.ExtraAttribute("a", "", "x", "y"), forge.ExtraAttribute("b", "urn:f", strings.Repeat("x", 50)), forge.BulkyAttribute("c", "", 3, 4),
		forge.NestedValue(), forge.SecondConfirmation(true), forge.SecondConfirmation(false), forge.BareConfirmation(),
		forge.ConfirmationAddress("192.0.2.1"), forge.ExtraAudience(true, "urn:other"), forge.ExtraAudience(false, "urn:other"),
		forge.OneTimeUse(), forge.ProxyRestriction(), forge.Advice(), forge.Extensions(),
	}
}

// variants change how something is written, in nothing but what is named here.
func variants() map[string][]forge.Mutation {
	return map[string][]forge.Mutation{
		"":                 {forge.Prefixed("q1", "q2"), forge.Indented()},
		"I N":              {forge.InstantsWith(0), forge.InstantsWith(7)}, // instants
		"@Format=":         {forge.IssuerFormatOtherwise(), forge.NameIDFormat("urn:x:persistent")},
		"@NameFormat=":     {forge.NameFormatsOtherwise()},
		"@type=":           {forge.TypesOtherwise()},
		"/Conditions@NotB": {forge.ValidFrom(time.Minute)},
		"/Conditions@Not":  {forge.ValidUntil(time.Minute)},
	}
}

func TestAdditionsLeaveWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, m := range additions() {
		for _, face := range faces() {
			r := sample(t, face, "")
			before := lines(r, "")
			require.NoError(t, m.Apply(r, context()), "%s %s", face, m.Name)
			diff := changed(before, lines(reread(t, r), ""))
			assert.NotEmpty(t, diff, m.Name)
			for _, d := range diff {
				assert.True(t, strings.HasPrefix(d, "+"), "%s %s: %s", face, m.Name, d)
			}
			assert.Error(t, m.Apply(etree.NewElement("Other"), context()), m.Name)
		}
	}
}

func TestVariantsChangeOnlyHowItIsWritten(t *testing.T) {
	t.Parallel()
	for only, ms := range variants() {
		for _, m := range ms {
			for _, face := range faces() {
				r := sample(t, face, "")
				before := lines(r, "")
				require.NoError(t, m.Apply(r, context()), "%s %s", face, m.Name)
				for _, d := range changed(before, lines(reread(t, r), "")) {
					if only == "I N" {
						assert.Regexp(t, `@(IssueInstant|NotBefore|NotOnOrAfter|AuthnInstant|SessionNotOnOrAfter)=2\d{3}-\d\d-\d\dT`, d, m.Name)
						continue
					}
					assert.NotEmpty(t, only, "%s %s: %s", face, m.Name, d)
					assert.Contains(t, d, only, "%s %s", face, m.Name)
				}
			}
		}
	}
}

func TestNamesOfVariantsAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	all := additions()
	for _, ms := range variants() {
		all = append(all, ms...)
	}
	for _, m := range append(all, forge.SecondStatements(), forge.NoKeyInfo(), forge.SectionInName(), forge.SealedName(),
		forge.SealForged(forge.InPlace), forge.SealForged(forge.Before), forge.SealForged(forge.Next)) {
		assert.NotEmpty(t, m.Name)
		assert.False(t, seen[m.Name], "%q stands for two mutations", m.Name)
		seen[m.Name] = true
	}
}

// TestSectionInName: what is read is the longer name, and part of it is a section.
func TestSectionInName(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		r := sample(t, face, "")
		require.Error(t, forge.SectionInName().Apply(r, context()), "nobody has the longer name yet")
		require.NoError(t, forge.LongerName().Apply(r, context()))
		whole := forge.FindAll(r, "NameID")[0].Text()
		require.NoError(t, forge.SectionInName().Apply(r, context()))
		name := forge.FindAll(r, "NameID")[0]
		require.Len(t, name.Child, 2)
		assert.Equal(t, context().Carry.NameID, name.Child[0].(*etree.CharData).Data)
		assert.True(t, name.Child[1].(*etree.CharData).IsCData())
		assert.Equal(t, whole, forge.FindAll(reread(t, r), "NameID")[0].Text())
	}
}

// TestSealing: without a certificate nothing can be sealed, and without a signed
// assertion there is nothing to seal.
func TestSealing(t *testing.T) {
	t.Parallel()
	for _, m := range []forge.Mutation{
		forge.Seal{}.Sealed("x"), forge.SealForged(forge.InPlace), forge.SealForged(forge.Before), forge.SealForged(forge.Next),
	} {
		assert.ErrorContains(t, m.Apply(sample(t, "okta", "assertion"), context()), "no certificate", m.Name)
		assert.Error(t, m.Apply(sample(t, "okta", ""), context()), m.Name)
	}
	assert.ErrorContains(t, forge.SealedName().Apply(sample(t, "okta", ""), context()), "no certificate")
}
