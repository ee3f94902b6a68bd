package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateEndsSoon = samlcheck.Check{
	ID:    "spmetadata/certificate-ends-soon",
	Title: "Certificates last 30 days and more.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("certificate-ends-soon")},
	Remedy: "Ask the vendor now when the next certificate comes, and plan its upload in Okta or Entra before " +
		"this one ends.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.CertificatesLast(expect.SP, 30),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-ends-soon.xml"},
}
