package aggregate

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
)

var signatureBroken = samlcheck.Check{
	ID:    aggregate.SignatureBroken,
	Title: "The signature over the aggregate verifies.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("3"), cite.XMLDSig.At("3.2")},
	Remedy: "Download it again, and do not edit it. If it stays so, ask the federation's operator: something " +
		"was changed after it was signed, or it is signed in a way that nobody may rely on.",
	Reads: samlcheck.Aggregate,
	Judge: tally(aggregate.SignatureBroken, "the signature verifies", "the signature does not verify"),
	Proof: samlcheck.Proof{Holds: "fixture:aggregates/good.xml", Violated: "fixture:aggregates/signature-broken.xml"},
}
