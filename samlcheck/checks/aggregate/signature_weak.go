package aggregate

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
)

var signatureWeak = samlcheck.Check{
	ID:     aggregate.SignatureWeak,
	Title:  "The aggregate is signed with algorithms that still hold.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.NIST.At("9"), cite.XMLDSig.At("6.1")},
	Remedy: "Ask the federation's operator for RSA-SHA256 or better.",
	Reads:  samlcheck.Aggregate,
	Judge:  tally(aggregate.SignatureWeak, "the algorithms are fit", "algorithms that are not fit any more"),
	Proof:  samlcheck.Proof{Holds: "fixture:aggregates/good.xml", Violated: "fixture:aggregates/signature-weak.xml"},
}
