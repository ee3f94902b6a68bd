// Package message unpacks SAML messages from their bindings and reads them
// with the place of every element, so that a finding can point at a line.
//
// It is the ground floor: it knows the bindings (HTTP-Redirect, HTTP-POST),
// XML, and what stands in an AuthnRequest. It decides nothing. What is missing
// is left empty, what is odd is kept as it came, and only what cannot be read
// at all is an error. Whatever it reads may come from a stranger: sizes, depth
// and inflation are bounded, a DOCTYPE is refused, no entity is ever resolved.
//
//	m, err := message.DecodeRedirect(u.RawQuery) // or DecodePost(form.Get("SAMLRequest"))
//	req, err := message.ParseAuthnRequest(m.XML)
//	alg, err := message.VerifyRedirectSignature(u.RawQuery, certificates)
package message

// Namespaces.
const (
	NSProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	NSAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	NSMetadata  = "urn:oasis:names:tc:SAML:2.0:metadata"
	NSSignature = "http://www.w3.org/2000/09/xmldsig#"
	NSXMLEnc    = "http://www.w3.org/2001/04/xmlenc#"
)

// Bindings, as they stand in metadata.
const (
	Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
	POST     = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
	Artifact = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
	SOAP     = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
	PAOS     = "urn:oasis:names:tc:SAML:2.0:bindings:PAOS"
	URI      = "urn:oasis:names:tc:SAML:2.0:bindings:URI"
)

// MaxMessage is the largest message that is unpacked, in bytes of XML. Real
// ones have 1 to 40 KiB; a response with hundreds of groups stays below this.
const MaxMessage = 1 << 20

// maxDepth is far more than SAML needs, and little enough that nothing which
// walks a tree can be made slow by it.
const maxDepth = 100
