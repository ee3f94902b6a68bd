package aggregate

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
)

var entityidTwice = samlcheck.Check{
	ID:    aggregate.EntityIDTwice,
	Title: "Every entityID stands once.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2")},
	Remedy: "Whoever reads the aggregate takes one of the two, and nobody can say which: its keys, its " +
		"endpoints. Ask the federation's operator which is meant, and to remove the other. Until then " +
		"give Okta or Entra the entity's own metadata.",
	Reads: samlcheck.Aggregate,
	Judge: tally(aggregate.EntityIDTwice, "every entityID stands once", "entityIDs that stand twice"),
	Proof: samlcheck.Proof{Holds: "fixture:aggregates/good.xml", Violated: "fixture:aggregates/entityid-twice.xml"},
}
