package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var requestsSignedWanted = samlcheck.Check{
	ID:    "idpmetadata/requests-signed-wanted",
	Title: "The identity provider takes unsigned requests.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.3")},
	Remedy: "Every service that uses it must sign its requests: see whether the service can, and upload its " +
		"certificate in Okta or Entra.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		if !idp.WantAuthnRequestsSigned() {
			return samlcheck.Holds("it does not ask for signed requests")
		}
		return expect.None([]transcript.Ref{idp.At(idp.Role, "WantAuthnRequestsSigned")}, "", "it wants signed requests")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/requests-signed-wanted.xml"},
}
