package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var groupsMany = samlcheck.Check{
	ID:    "acceptance/groups-many",
	Title: "More than 150 groups are read.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("group-overage")},
	Remedy: "Send only the groups that the service needs: filter them in Okta, or choose Groups assigned " +
		"to the application in Entra.",
	Trials: sent("groups-many", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("memberOf", basic, groups()...)}}),
	Judge:  accepted("groups-many"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-groups-many"},
}
