package schema_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/schema"
)

const samlSchemas, xmlSchemas = "/usr/share/xml/opensaml/", "/usr/share/xml/xmltooling/"

// catalog sends the schemas' imports from the web to the packages' own copies.
const catalog = `<?xml version="1.0"?><catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<system systemId="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd" uri="file://` + xmlSchemas + `xmldsig-core-schema.xsd"/>
<system systemId="http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd" uri="file://` + xmlSchemas + `xenc-schema.xsd"/>
<system systemId="http://www.w3.org/2001/xml.xsd" uri="file://` + xmlSchemas + `xml.xsd"/></catalog>`

// xmllint validates documents by name, and returns what it has against each.
func xmllint(t *testing.T, schemaFile string, docs map[string]string) map[string]string {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed (Debian: apt-get install libxml2-utils)")
	}
	for _, f := range []string{samlSchemas + schemaFile, xmlSchemas + "xenc-schema.xsd"} {
		if _, err := os.Stat(f); err != nil {
			t.Skipf("the schemas are not installed (Debian: apt-get install opensaml-schemas xmltooling-schemas): %v", err)
		}
	}
	dir := t.TempDir()
	list := filepath.Join(dir, "catalog.xml")
	require.NoError(t, os.WriteFile(list, []byte(catalog), 0o600))
	args, file := []string{"--nonet", "--noout", "--schema", samlSchemas + schemaFile}, map[string]string{}
	for name, text := range docs {
		f := filepath.Join(dir, fmt.Sprintf("%d.xml", len(file)))
		require.NoError(t, os.WriteFile(f, []byte(text), 0o600))
		args, file[f] = append(args, f), name
	}
	c := exec.CommandContext(t.Context(), program, args...)
	c.Env = append(os.Environ(), "XML_CATALOG_FILES="+list)
	said, _ := c.CombinedOutput() // it exits with 3 where one document does not validate
	out, valid := map[string]string{}, 0
	for line := range strings.SplitSeq(string(said), "\n") {
		f, rest, ok := strings.Cut(line, ":")
		if name, known := file[f]; ok && known {
			said := out[name]
			if !lenient(rest) {
				said += rest + "\n"
			}
			out[name] = said
		} else if f, ok := strings.CutSuffix(line, " validates"); ok && file[f] != "" {
			valid++
		}
	}
	require.Equal(t, len(docs), valid+len(out), "xmllint spoke of every document: %.500s", said)
	return out
}

// lenient reports what this package says of itself that it does not check:
// whether an anyURI is a good one, and what it has no table for.
func lenient(complaint string) bool {
	return strings.Contains(complaint, "'xs:anyURI'") || strings.Contains(complaint, "anyURIListType'") || strings.Contains(complaint, "entityIDType'") ||
		strings.Contains(complaint, "strict wildcard")
}

// faults is what this package has against a document.
func faults(t *testing.T, text string) string {
	t.Helper()
	tree, err := message.ParseTree([]byte(text))
	require.NoError(t, err)
	var out []string
	for _, f := range schema.Validate(tree.Root) {
		out = append(out, fmt.Sprintf("%d: %s", tree.Line(f.Element), f.Problem))
	}
	return strings.Join(out, "\n")
}

// compare wants both to agree on whether each document is valid.
func compare(t *testing.T, schemaFile string, docs map[string]string) (valid int) {
	t.Helper()
	theirs := xmllint(t, schemaFile, docs)
	for name, text := range docs {
		ours := faults(t, text)
		assert.Equal(t, theirs[name] == "", ours == "", "%s\nxmllint: %s\nschema:  %s", name, theirs[name], ours)
		if ours == "" {
			valid++
		}
	}
	return valid
}

func read(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, dir := range dirs {
		require.NoError(t, fs.WalkDir(fixtures.FS, dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := fs.ReadFile(fixtures.FS, p)
			if !strings.Contains(string(raw), "xsi:type") { // xmllint does not know WS-Federation's roles
				out[p] = string(raw)
			}
			return err
		}))
	}
	return out
}

func TestFixturesLikeXmllint(t *testing.T) {
	t.Parallel()
	docs := read(t, "sp-metadata", "idp-metadata", "pairing")
	valid := compare(t, "saml-schema-metadata-2.0.xsd", docs)
	assert.Greater(t, valid, 30)
	assert.Less(t, valid, len(docs), "some fixtures break the schema")
	requests := read(t, "requests")
	delete(requests, "requests/unreadable.xml")
	valid = compare(t, "saml-schema-protocol-2.0.xsd", requests)
	assert.Greater(t, valid, 10)
	assert.Less(t, valid, len(requests))
}

// mutants are all documents that differ from one in one element: gone, twice,
// before its brother, with another name, with text in it; or in one attribute:
// gone, empty, odd or of another name.
func mutants(t *testing.T, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	size := len(all(parsed(t, text).Root()))
	for n := range size {
		for name, change := range map[string]func(*etree.Element){
			"gone":   func(e *etree.Element) { e.Parent().RemoveChild(e) },
			"twice":  func(e *etree.Element) { e.Parent().InsertChildAt(e.Index(), e.Copy()) },
			"later":  func(e *etree.Element) { p := e.Parent(); p.RemoveChild(e); p.AddChild(e) },
			"first":  func(e *etree.Element) { p := e.Parent(); p.RemoveChild(e); p.InsertChildAt(0, e) },
			"named":  func(e *etree.Element) { e.Tag = "Other" },
			"text":   func(e *etree.Element) { e.InsertChildAt(0, etree.NewText("words ")) },
			"child":  func(e *etree.Element) { e.CreateElement("x:y").CreateAttr("xmlns:x", "urn:x") },
			"own":    func(e *etree.Element) { e.AddChild(etree.NewElement(e.FullTag())) },
			"empty":  func(e *etree.Element) { e.Child = nil },
			"attr":   func(e *etree.Element) { e.CreateAttr("surplus", "1") },
			"x:attr": func(e *etree.Element) { e.CreateAttr("xmlns:x", "urn:x"); e.CreateAttr("x:a", "1") },
		} {
			d := parsed(t, text)
			e := all(d.Root())[n]
			if e.Parent().Parent() == nil && name != "text" && name != "child" && name != "attr" && name != "x:attr" {
				continue
			}
			change(e)
			out[fmt.Sprintf("%d %s %s", n, e.Tag, name)] = written(t, d)
		}
		for i, a := range all(parsed(t, text).Root())[n].Attr {
			if a.Space == "xmlns" || a.Key == "xmlns" {
				continue
			}
			for _, odd := range []string{"", "x", "1", "-1", "70000", "true", "2026-02-30T00:00:00Z", "2026-02-28T24:00:00Z", "P1Y", "PT"} {
				d := parsed(t, text)
				all(d.Root())[n].Attr[i].Value = odd
				out[fmt.Sprintf("%d %s=%q", n, a.FullKey(), odd)] = written(t, d)
			}
			d := parsed(t, text)
			e := all(d.Root())[n]
			e.Attr = append(e.Attr[:i:i], e.Attr[i+1:]...)
			out[fmt.Sprintf("%d without %s", n, a.FullKey())] = written(t, d)
		}
	}
	return out
}

func parsed(t *testing.T, text string) *etree.Document {
	t.Helper()
	d := etree.NewDocument()
	require.NoError(t, d.ReadFromString(text))
	return d
}

func written(t *testing.T, d *etree.Document) string {
	t.Helper()
	s, err := d.WriteToString()
	require.NoError(t, err)
	return s
}

func all(e *etree.Element) []*etree.Element {
	out := []*etree.Element{e}
	for _, c := range e.ChildElements() {
		out = append(out, all(c)...)
	}
	return out
}

func TestMutantsLikeXmllint(t *testing.T) {
	t.Parallel()
	for file, xsd := range map[string]string{
		"everything.xml": "saml-schema-metadata-2.0.xsd", "idp.xml": "saml-schema-metadata-2.0.xsd",
		"request.xml": "saml-schema-protocol-2.0.xsd", "response.xml": "saml-schema-protocol-2.0.xsd", "logout.xml": "saml-schema-protocol-2.0.xsd",
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(filepath.Join("testdata", file))
			require.NoError(t, err)
			require.Empty(t, faults(t, string(raw)))
			docs := mutants(t, string(raw))
			docs["itself"] = string(raw)
			valid := compare(t, xsd, docs)
			assert.Positive(t, valid)
			t.Logf("%d mutants, %d of them valid", len(docs), valid)
		})
	}
}

func TestVendorSamplesAreValid(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = "../../../shared/samples"
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "metadata", "*.xml"))
	require.NoError(t, err)
	more, err := filepath.Glob(filepath.Join(dir, "*", "response", "*.xml"))
	require.NoError(t, err)
	if files = append(files, more...); len(files) == 0 {
		t.Skipf("vendor samples are not in %s (SAMLCHECK_SAMPLES)", dir)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		assert.Empty(t, faults(t, strings.TrimPrefix(string(raw), "\ufeff")), f)
	}
}
