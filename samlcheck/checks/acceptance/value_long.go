package acceptance

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var valueLong = samlcheck.Check{
	ID:     "acceptance/value-long",
	Title:  "A value of 256 characters is read.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-G02")},
	Remedy: "Ask the vendor how long a value may be.",
	Trials: sent("value-long", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("title", basic, strings.Repeat("é", 256))}}),
	Judge:  accepted("value-long"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-value-long"},
}
