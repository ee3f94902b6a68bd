package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var protocolMissing = samlcheck.Check{
	ID:    "spmetadata/protocol-missing",
	Title: "The SPSSODescriptor says that it speaks SAML 2.0.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1")},
	Remedy: "Ask the vendor to put urn:oasis:names:tc:SAML:2.0:protocol into protocolSupportEnumeration. " +
		"Until then enter the entityID and the ACS URL by hand in Okta or Entra instead of uploading the " +
		"file.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.SpeaksSAML2(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/protocol-missing.xml"},
}
