package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var endpointHttps = samlcheck.Check{
	ID:    "spmetadata/endpoint-https",
	Title: "Every other endpoint is reached over TLS.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Bindings.At("3.1.2.1"), cite.Metadata.At("2.2.2")},
	Remedy: "Okta and Entra use none of these endpoints. Ask the vendor for https:// addresses, and do " +
		"not enter them elsewhere until then.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.OtherEndpointsTLS(expect.SP, "AssertionConsumerService", "SingleLogoutService"),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/endpoint-https.xml"},
}
