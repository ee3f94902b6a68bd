package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameFormat = samlcheck.Check{
	ID:    "acceptance/name-format",
	Title: "Attributes are read with and without NameFormat.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("2.7.3.1")},
	Remedy: "Set the Name Format of the attributes in Okta, or the namespace of the claims in Entra, as " +
		"the vendor wants it, or ask the vendor to treat a missing one as unspecified.",
	Trials: sent("name-format", trial.Login{Forge: []forge.Mutation{forge.NameFormatsOtherwise()}}),
	Judge:  accepted("name-format"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-name-format"},
}
