package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var encryptionKeyMissing = samlcheck.Check{
	ID:    "spmetadata/encryption-key-missing",
	Title: "The service publishes a key to encrypt assertions with.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1"), cite.Kantara.At("IIP-SP08")},
	Remedy: "Nothing has to be done: TLS protects assertions on their way. If your policy asks for encrypted " +
		"assertions, ask the vendor for an encryption certificate.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		if len(sp.Keys(sp.Role, "encryption")) > 0 {
			return samlcheck.Holds("an encryption key is published")
		}
		return expect.None([]transcript.Ref{sp.At(sp.Role, "SPSSODescriptor")}, "", "no encryption key is published: assertions cannot be encrypted")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/encryption-key-missing.xml"},
}
