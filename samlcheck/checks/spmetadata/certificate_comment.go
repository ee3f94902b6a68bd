package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateComment = samlcheck.Check{
	ID:    "spmetadata/certificate-comment",
	Title: "No comment stands inside a certificate.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("certificate-comment")},
	Remedy: "Some readers stop at the comment and see a broken certificate. Remove it before you upload " +
		"the file to Okta or Entra, and tell the vendor.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.CertificatesUntouched(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-comment.xml"},
}
