package aggregate_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Certificates are counted and judged alike whether they are remembered or have
// made room for others meanwhile.
func TestMoreCertificatesThanAreRemembered(t *testing.T) {
	t.Parallel()
	der := newOperator(t).cert.Raw
	const different = 3000
	var b strings.Builder
	b.WriteString(`<EntitiesDescriptor xmlns="` + md + `" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Name="x">`)
	for i := range different + 10 { // the last ten are the first ten again
		n := i % different
		der[len(der)-1], der[len(der)-2] = byte(n), byte(n>>8) // in the signature, which nobody verifies
		fmt.Fprintf(&b, `<EntityDescriptor entityID="https://e%d.example/"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`+
			`<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`+
			`<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://e%d.example/sso"/></IDPSSODescriptor></EntityDescriptor>`,
			i, base64.StdEncoding.EncodeToString(der), i)
	}
	b.WriteString(`</EntitiesDescriptor>`)
	r := scan(t, b.String())
	assert.Equal(t, different+10, r.Certificates)
	assert.Equal(t, different, r.Distinct)
}
