package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var proxyRestriction = samlcheck.Check{
	ID:     "acceptance/proxy-restriction",
	Title:  "The condition ProxyRestriction is understood.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.5.1.6")},
	Remedy: "Ask the vendor: every relying party must understand SAML's own conditions.",
	Trials: sent("proxy-restriction", trial.Login{Forge: []forge.Mutation{forge.ProxyRestriction()}}),
	Judge:  accepted("proxy-restriction"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-proxy-restriction"},
}
