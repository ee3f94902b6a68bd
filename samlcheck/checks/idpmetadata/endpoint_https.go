package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var endpointHttps = samlcheck.Check{
	ID:    "idpmetadata/endpoint-https",
	Title: "Every other endpoint is reached over TLS.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Bindings.At("3.1.2.1"), cite.Metadata.At("2.2.2")},
	Remedy: "Ask whoever runs the identity provider for https:// addresses; a message that travels in " +
		"the open can be read and held back.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.OtherEndpointsTLS(expect.IdP, "SingleSignOnService"),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/endpoint-https.xml"},
}
