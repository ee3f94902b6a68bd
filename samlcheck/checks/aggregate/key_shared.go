package aggregate

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
)

var keyShared = samlcheck.Check{
	ID:    aggregate.KeyShared,
	Title: "No two entities share a key.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("key-shared"), cite.MetaIOP.At("2.6.1")},
	Remedy: "Whoever holds the key of one of them can speak for the others. Often they belong to one " +
		"operator, who knows; ask, where they do not.",
	Reads: samlcheck.Aggregate,
	Judge: tally(aggregate.KeyShared, "no two entities share a key", "entities that share a key with another"),
	Proof: samlcheck.Proof{Holds: "fixture:aggregates/good.xml", Violated: "fixture:aggregates/key-shared.xml"},
}
