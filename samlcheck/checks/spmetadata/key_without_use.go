package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var keyWithoutUse = samlcheck.Check{
	ID:    "spmetadata/key-without-use",
	Title: "Each KeyDescriptor says what its key is for.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Errata.At("E62"), cite.Kantara.At("IIP-MD11")},
	Remedy: "Nothing has to be done: such a key serves for both. Upload it in Okta as Signature and as " +
		"Encryption Certificate, in Entra as Verification certificate and under Token encryption.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		keys := sp.Keys(sp.Role, "")
		if len(keys) == 0 {
			return samlcheck.NotApplicable("there is no KeyDescriptor")
		}
		for _, k := range keys {
			if use, _ := message.Attr(k, "use"); use == "" {
				bad = append(bad, sp.At(k, "KeyDescriptor"))
			}
		}
		return expect.None(bad, "every key has its use", "these serve for signing and encryption")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/key-without-use.xml"},
}
