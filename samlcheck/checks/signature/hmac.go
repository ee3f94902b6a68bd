package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var keyedWithCertificate = samlcheck.Check{
	ID:    "signature/hmac",
	Title: "A checksum keyed with the public certificate is no signature.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.XMLDSig.At("6.1"), cite.Core.At("5.4.5")},
	Remedy: "Anybody who can read metadata can sign so and be anybody. Treat it as an incident: switch SAML login off " +
		"until the vendor takes RSA and ECDSA signatures only (known of xml-crypto before 2.0.0).",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.HMACKeyedWithCertificate(forge.CertificatePEM, true),
		forge.HMACKeyedWithCertificate(forge.CertificatePEMTight, true),
		forge.HMACKeyedWithCertificate(forge.CertificateBase64, true),
		forge.HMACKeyedWithCertificate(forge.PublicKeyPEM, true),
		forge.HMACKeyedWithCertificate(forge.CertificatePEM, false),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:hmac"},
}
