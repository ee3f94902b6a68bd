package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificatePem = samlcheck.Check{
	ID:    "idpmetadata/certificate-pem",
	Title: "X509Certificate holds base64 alone.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.XMLDSig.At("4.5.4")},
	Remedy: "Some service providers stumble over -----BEGIN CERTIFICATE----- inside the XML. Download it " +
		"again: in Okta under Sign On > SAML Signing Certificates > View IdP metadata, in Entra the " +
		"Federation Metadata XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.CertificatesBare(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-pem.xml"},
}
