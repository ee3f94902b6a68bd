package aggregate_test

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/metadata"
)

const md = "urn:oasis:names:tc:SAML:2.0:metadata"

func scan(t testing.TB, doc string) *aggregate.Result {
	t.Helper()
	r, err := aggregate.Scan(strings.NewReader(doc), aggregate.Options{Source: "test.xml", Now: fixtures.Clock()})
	require.NoError(t, err)
	return r
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	b, err := fs.ReadFile(fixtures.FS, name)
	require.NoError(t, err)
	return string(b)
}

// The rules of the pass answer as the checks do on a single document: on every
// fixture, each check that both know, with the same lines.
func TestRulesAnswerAsTheChecksDo(t *testing.T) {
	t.Parallel()
	byID := map[string]samlcheck.Check{}
	for _, c := range checks.All() {
		byID[c.ID] = c
	}
	tripped := map[string]bool{}
	for _, dir := range []string{"sp-metadata", "idp-metadata"} {
		names, err := fs.Glob(fixtures.FS, dir+"/*.xml")
		require.NoError(t, err)
		for _, name := range names {
			raw := fixture(t, name)
			doc, err := metadata.Parse([]byte(raw), name)
			require.NoError(t, err)
			if strings.Contains(name, "newline") {
				continue // a line break in a value is lost to a scanner that normalises
			}
			got := scan(t, raw)
			for _, id := range aggregate.IDs() {
				c, ok := byID[id]
				require.True(t, ok, "%s is no check", id)
				kase := &samlcheck.Case{Now: fixtures.Clock()}
				switch {
				case c.Reads == samlcheck.SPMetadata && doc.SP() != nil:
					kase.SP = doc
				case c.Reads == samlcheck.IdPMetadata && doc.IdP() != nil:
					kase.IdP = doc
				default:
					continue
				}
				v := c.Judge(kase)
				var want, have []string
				if v.Outcome(samlcheck.Must) == samlcheck.Fail {
					tripped[id] = true
					for _, e := range v.Evidence {
						want = append(want, fmt.Sprintf("line %d: %s", e.Line, e.Excerpt))
					}
				}
				for _, o := range got.Offences[id].First {
					have = append(have, fmt.Sprintf("line %d: %s", o.Line, o.Excerpt))
				}
				slices.Sort(want)
				slices.Sort(have)
				assert.Equal(t, want, have, "%s on %s", id, name)
			}
		}
	}
	for _, id := range aggregate.IDs() {
		assert.True(t, tripped[id], "no fixture trips %s", id)
	}
}

// whole wraps fixtures into one aggregate.
func whole(t testing.TB, attrs string, names ...string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "<EntitiesDescriptor xmlns=%q %s>\n", md, attrs)
	for _, n := range names {
		raw := fixture(t, n)
		if i := strings.Index(raw, "?>"); strings.HasPrefix(raw, "<?xml") {
			raw = raw[i+2:]
		}
		b.WriteString(raw + "\n")
	}
	return b.String() + "</EntitiesDescriptor>\n"
}

func TestManyEntities(t *testing.T) {
	t.Parallel()
	doc := whole(t, `Name="urn:f"`, "sp-metadata/good.xml", "idp-metadata/good.xml", "sp-metadata/good.xml", "sp-metadata/acs-https.xml")
	r := scan(t, doc)
	assert.Equal(t, []int{4, 3, 1}, []int{r.Entities, r.SPs, r.IdPs})
	assert.Equal(t, "urn:f", r.Name)
	assert.Equal(t, 1, r.Offences["spmetadata/acs-https"].Count)
	assert.Positive(t, r.Offences[aggregate.EntityIDTwice].Count)
	assert.Equal(t, 1, r.Offences[aggregate.ValidUntilMissing].Count)
	assert.Equal(t, 1, r.Offences[aggregate.SignatureMissing].Count)
	assert.Less(t, r.Distinct, r.Certificates, "the same certificate is parsed once")
	assert.True(t, scan(t, whole(t, `validUntil="2099-01-01T00:00:00Z"`, "sp-metadata/good.xml")).Holds(aggregate.ValidUntilMissing))
	ended := scan(t, whole(t, `validUntil="2001-01-01T00:00:00Z"`, "sp-metadata/good.xml"))
	assert.Equal(t, 1, ended.Offences["spmetadata/valid-until-past"].Count, "what is around an entity bears on it")
}

// What comes last, and what comes large, is judged like all else.
func TestTheLastLineAndTheLargest(t *testing.T) {
	t.Parallel()
	doc := whole(t, "", slices.Repeat([]string{"sp-metadata/good.xml"}, 50)...)
	last := `<EntityDescriptor entityID="https://last.example"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
		`<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://last.example/acs" index="0" more="`
	doc = strings.Replace(doc, "</EntitiesDescriptor>", last+strings.Repeat("x", 5<<20)+`"/></SPSSODescriptor></EntityDescriptor></EntitiesDescriptor>`, 1)
	r := scan(t, doc)
	assert.Equal(t, 51, r.Entities)
	tally := r.Offences["spmetadata/acs-https"]
	require.Equal(t, 1, tally.Count)
	assert.Equal(t, strings.Count(doc, "\n"), tally.First[0].Line, "the last line has the fault")
	assert.Less(t, len(tally.First[0].Excerpt), 1000)
}

func TestOffencesAreCountedAndBounded(t *testing.T) {
	t.Parallel()
	names := slices.Repeat([]string{"sp-metadata/acs-https.xml"}, 3*aggregate.Shown)
	tally := scan(t, whole(t, "", names...)).Offences["spmetadata/acs-https"]
	assert.Equal(t, 3*aggregate.Shown, tally.Count)
	assert.Len(t, tally.First, aggregate.Shown)
}

// One entity of an aggregate is judged like the same one alone, on its own lines.
func TestEntityIsCutOut(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sp-metadata/acs-https.xml", "idp-metadata/sso-https.xml", "sp-metadata/complete.xml"} {
		alone, err := metadata.Parse([]byte(fixture(t, name)), name)
		require.NoError(t, err)
		filler := path.Dir(name) + "/entityid-space.xml"
		doc := whole(t, `xmlns:x="urn:x" validUntil="2001-01-01T00:00:00Z"`, filler, name)
		d, err := aggregate.Entity(strings.NewReader(doc), "a.xml", alone.EntityID())
		require.NoError(t, err)
		assert.Equal(t, alone.EntityID(), d.EntityID())
		lines := strings.Split(doc, "\n")
		for _, e := range append(d.ACS(), d.SSO()...) {
			assert.Contains(t, lines[e.Line-1], e.Location)
		}
		require.Len(t, d.ValidUntil(d.Entity), 1, "validUntil of the aggregate bears on it")
	}
	_, err := aggregate.Entity(strings.NewReader(whole(t, "", "sp-metadata/good.xml")), "a.xml", "urn:none")
	require.ErrorContains(t, err, `no entity "urn:none"`)
}

func TestBadAggregates(t *testing.T) {
	t.Parallel()
	good := whole(t, "", "sp-metadata/good.xml", "idp-metadata/good.xml")
	for name, c := range map[string]struct{ doc, says string }{
		"cut off":      {good[:len(good)-30], "cut off"},
		"doctype":      {"<!DOCTYPE a [<!ENTITY b 'c'>]>" + good, "DOCTYPE"},
		"other root":   {"<html/>", "root <html>"},
		"empty":        {"<EntitiesDescriptor xmlns='" + md + "'/>", "no EntityDescriptor"},
		"nothing":      {"", "no element"},
		"binary":       {"\x00\x01\x02", "not well-formed"},
		"bad last":     {strings.Replace(good, "</EntitiesDescriptor>", "<EntityDescriptor a='1' a='2'/></EntitiesDescriptor>", 1), "twice"},
		"wrong coding": {"<?xml version='1.0' encoding='EBCDIC'?>" + good, "not read"},
	} {
		_, err := aggregate.Scan(strings.NewReader(c.doc), aggregate.Options{Source: "bad.xml", Now: fixtures.Clock()})
		require.Error(t, err, name)
		assert.Contains(t, err.Error(), c.says, name)
		var e *metadata.Error
		assert.ErrorAs(t, err, &e, name)
	}
	r, err := aggregate.Scan(strings.NewReader(good[:len(good)-30]), aggregate.Options{Source: "bad.xml", Now: fixtures.Clock()})
	require.Error(t, err)
	assert.Equal(t, 1, r.Entities, "what was seen is not lost")
	_, err = aggregate.Scan(io.MultiReader(strings.NewReader(good[:900]), iotest.ErrReader(io.ErrUnexpectedEOF)), aggregate.Options{Now: fixtures.Clock()})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func FuzzScan(f *testing.F) {
	f.Add(whole(f, `validUntil="x"`, "sp-metadata/complete.xml", "idp-metadata/good.xml"))
	f.Add("<EntityDescriptor xmlns='" + md + "'><SPSSODescriptor><KeyDescriptor/></SPSSODescriptor></EntityDescriptor>")
	f.Fuzz(func(t *testing.T, doc string) {
		r, err := aggregate.Scan(strings.NewReader(doc), aggregate.Options{Now: fixtures.Clock()})
		if err == nil {
			assert.Positive(t, r.Entities)
		}
	})
}

func TestCompare(t *testing.T) {
	t.Parallel()
	was := whole(t, "", "sp-metadata/good.xml", "idp-metadata/good.xml")
	compare := func(is string) *aggregate.Comparison {
		c, err := aggregate.Compare(strings.NewReader(was), strings.NewReader(is), "old", "new")
		require.NoError(t, err)
		return c
	}
	same := compare(strings.Replace(was, "<EntitiesDescriptor ", "<EntitiesDescriptor\n  ", 1))
	assert.Equal(t, []int{2, 2}, []int{same.Was, same.Is})
	assert.Empty(t, append(append(same.Added, same.Removed...), same.Changed...))
	assert.Equal(t, []string{"https://sp.example/saml"}, compare(strings.Replace(was, "https://sp.example/acs", "https://sp.example/acs2", 1)).Changed)
	less := compare(whole(t, "", "idp-metadata/good.xml"))
	assert.Equal(t, []string{"https://sp.example/saml"}, less.Removed)
	more, err := aggregate.Compare(strings.NewReader(whole(t, "", "idp-metadata/good.xml")), strings.NewReader(was), "old", "new")
	require.NoError(t, err)
	assert.Equal(t, []string{"https://sp.example/saml"}, more.Added)
	_, err = aggregate.Compare(strings.NewReader(was), strings.NewReader(was[:200]), "old", "new")
	require.ErrorContains(t, err, "new")
}
