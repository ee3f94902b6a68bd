package pairing

import (
	"crypto/rsa"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var encryptionKeyNotRsa = samlcheck.Check{
	ID:    "pairing/encryption-key-not-rsa",
	Title: "The service's encryption key is one that assertions can be encrypted to.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG06")},
	Remedy: "Okta and Entra encrypt to RSA keys only. Leave assertion encryption off, or ask the vendor for " +
		"an RSA certificate.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		read := 0
		for _, cert := range sp.Certificates(sp.Role, "encryption") {
			if cert.Cert == nil || cert.Use != "encryption" {
				continue // a key without a use is first of all for signing
			}
			read++
			if _, ok := cert.Cert.PublicKey.(*rsa.PublicKey); ok {
				return samlcheck.Holds("there is an RSA key to encrypt to")
			}
			bad = append(bad, sp.At(cert.Element, cert.Cert.PublicKeyAlgorithm.String()))
		}
		if read == 0 {
			return samlcheck.NotApplicable("the service publishes no key for encryption only")
		}
		return expect.None(bad, "", "no encryption key is an RSA key")
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/signed", Violated: "fixture:pairing/encryption-key-not-rsa"},
}
