package idp_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
)

const samlSchemas, xmlSchemas = "/usr/share/xml/opensaml/", "/usr/share/xml/xmltooling/"

// catalog sends the schemas' imports from the web to the packages' own copies.
const catalog = `<?xml version="1.0"?><catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<system systemId="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd" uri="file://` + xmlSchemas + `xmldsig-core-schema.xsd"/>
<system systemId="http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd" uri="file://` + xmlSchemas + `xenc-schema.xsd"/>
<system systemId="http://www.w3.org/2001/xml.xsd" uri="file://` + xmlSchemas + `xml.xsd"/></catalog>`

// conforms has xmllint validate a document, without network, and gives what it
// complains of.
func conforms(t *testing.T, schema string, raw []byte) string {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed (Debian: apt-get install libxml2-utils)")
	}
	for _, f := range []string{samlSchemas + schema, xmlSchemas + "xenc-schema.xsd"} {
		if _, err := os.Stat(f); err != nil {
			t.Skipf("the schemas are not installed (Debian: apt-get install opensaml-schemas xmltooling-schemas): %v", err)
		}
	}
	dir := t.TempDir()
	file, list := filepath.Join(dir, "message.xml"), filepath.Join(dir, "catalog.xml")
	require.NoError(t, os.WriteFile(file, raw, 0o600))
	require.NoError(t, os.WriteFile(list, []byte(catalog), 0o600))
	c := exec.CommandContext(t.Context(), program, "--nonet", "--noout", "--schema", samlSchemas+schema, file)
	c.Env = append(os.Environ(), "XML_CATALOG_FILES="+list)
	said, err := c.CombinedOutput()
	if err == nil {
		return ""
	}
	return string(said)
}

const protocolSchema, metadataSchema = "saml-schema-protocol-2.0.xsd", "saml-schema-metadata-2.0.xsd"

// SAML's own schemas accept what each face sends, whatever is signed.
func TestMessagesConformToTheSchemas(t *testing.T) {
	t.Parallel()
	for name, p := range everySigning() {
		i := open(t, p, "")
		for kind, reply := range map[string]idp.Reply{
			"plain": {Person: alice()}, "rich": {Person: alice(), Rich: true}, "awkward": {Person: awkward(), Rich: true}, "denied": {Person: alice(), Deny: true},
		} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				m, _ := mint(t, i, reply)
				assert.Empty(t, conforms(t, protocolSchema, []byte(m.XML)))
			})
		}
	}
}

func TestSealedMessagesConformToTheSchemas(t *testing.T) {
	t.Parallel()
	h := newHolder(t)
	for name, p := range everyEncryption() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, raw := sealedMessage(t, p, h)
			assert.Empty(t, conforms(t, protocolSchema, raw))
		})
	}
}

// Of Entra's metadata the two roles of WS-Federation are left out: their types
// are not SAML's, and no schema for them is at hand.
func TestMetadataConformsToTheSchemas(t *testing.T) {
	t.Parallel()
	for name, p := range everySigning() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := etree.NewDocument()
			require.NoError(t, doc.ReadFromBytes(open(t, p, "").Metadata()))
			for _, r := range forge.FindAll(doc.Root(), "RoleDescriptor") {
				doc.Root().RemoveChild(r)
			}
			raw, err := doc.WriteToBytes()
			require.NoError(t, err)
			assert.Empty(t, conforms(t, metadataSchema, raw))
		})
	}
}

// The schemas object where they should.
func TestSchemasObject(t *testing.T) {
	t.Parallel()
	m, r := mint(t, open(t, everySigning()["okta/both"], ""), idp.Reply{Person: alice()})
	require.Empty(t, conforms(t, protocolSchema, []byte(m.XML)))
	status := forge.FindAll(r, "Status")[0]
	r.RemoveChild(status)
	doc := etree.NewDocument()
	doc.SetRoot(r)
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)
	assert.Contains(t, conforms(t, protocolSchema, raw), "Status")
}
