package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// SAML's metadata profile says that dates do not matter, so this warns.
var certificateEnd = samlcheck.Check{
	ID:    "spmetadata/certificate-end",
	Title: "Every use has a certificate that is within its dates.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.MetaIOP.At("2.6.1"), cite.Kantara.At("IIP-MD12")},
	Remedy: "SAML itself looks only at the key, so logins may go on; but some software refuses a certificate " +
		"outside of its dates, and nobody renews a forgotten one. Ask the vendor for new metadata and " +
		"upload it: in Okta under Signature or Encryption Certificate, in Entra under Token encryption " +
		"or verification certificates.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.CertificatesCurrent(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-end.xml"},
}
