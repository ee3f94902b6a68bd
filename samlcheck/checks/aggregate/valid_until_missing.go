package aggregate

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
)

var validUntilMissing = samlcheck.Check{
	ID:    aggregate.ValidUntilMissing,
	Title: "The aggregate says how long it may be used.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.1")},
	Remedy: "Without an end, somebody who holds back newer versions can keep a withdrawn key in use for " +
		"ever. Ask the federation's operator for validUntil.",
	Reads: samlcheck.Aggregate,
	Judge: tally(aggregate.ValidUntilMissing, "the aggregate has a validUntil", "the aggregate has no validUntil"),
	Proof: samlcheck.Proof{Holds: "fixture:aggregates/good.xml", Violated: "fixture:aggregates/valid-until-missing.xml"},
}
