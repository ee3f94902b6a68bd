package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateComment = samlcheck.Check{
	ID:    "idpmetadata/certificate-comment",
	Title: "No comment stands inside a certificate.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("certificate-comment")},
	Remedy: "Some readers stop at the comment and see a broken certificate. Remove it before you upload " +
		"the file to the service provider.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.CertificatesUntouched(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-comment.xml"},
}
