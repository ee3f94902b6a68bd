package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateBroken = samlcheck.Check{
	ID:    "idpmetadata/certificate-broken",
	Title: "Every certificate can be read.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1"), cite.XMLDSig.At("4.5.4")},
	Remedy: "The certificate is damaged: usually cut off, or changed by copying. Download it again: in Okta " +
		"under Sign On > SAML Signing Certificates > View IdP metadata, in Entra the Federation Metadata " +
		"XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.CertificatesReadable(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-broken.xml"},
}
