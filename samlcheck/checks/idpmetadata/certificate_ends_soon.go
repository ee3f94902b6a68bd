package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateEndsSoon = samlcheck.Check{
	ID:    "idpmetadata/certificate-ends-soon",
	Title: "The signing certificate lasts 30 days and more.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("certificate-ends-soon")},
	Remedy: "Make the next certificate now (Okta: Sign On > SAML Signing Certificates; Entra: SAML " +
		"Certificates > New certificate), upload the new metadata to the service, and activate it when " +
		"the service knows it.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.CertificatesLast(expect.IdP, 30),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-ends-soon.xml"},
}
