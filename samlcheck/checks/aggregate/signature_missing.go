package aggregate

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
)

var signatureMissing = samlcheck.Check{
	ID:    aggregate.SignatureMissing,
	Title: "The aggregate is signed.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("3")},
	Remedy: "An aggregate replaces every key in it: fetch it signed, and give its operator's certificate to " +
		"whatever reads it.",
	Reads: samlcheck.Aggregate,
	Judge: tally(aggregate.SignatureMissing, "the aggregate is signed", "the aggregate is not signed"),
	Proof: samlcheck.Proof{Holds: "fixture:aggregates/good.xml", Violated: "fixture:aggregates/signature-missing.xml"},
}
