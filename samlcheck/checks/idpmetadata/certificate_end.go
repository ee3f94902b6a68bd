package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// SAML's metadata profile says that dates do not matter, so this warns.
var certificateEnd = samlcheck.Check{
	ID:    "idpmetadata/certificate-end",
	Title: "A signing certificate is within its dates.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.MetaIOP.At("2.6.1"), cite.Kantara.At("IIP-MD12")},
	Remedy: "SAML itself looks only at the key, but many service providers refuse an ended certificate. Make " +
		"a new one (Okta: Sign On > SAML Signing Certificates; Entra: SAML Certificates > New " +
		"certificate), upload the new metadata to the service, then activate it.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.CertificatesCurrent(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-end.xml"},
}
