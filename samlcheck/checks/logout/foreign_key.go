package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var foreignKey = samlcheck.Check{
	ID:    "logout/foreign-key",
	Title: "A LogoutRequest that is signed by an unknown key is refused.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.1"), cite.Core.At("5.4.2")},
	Remedy: "Anybody can sign people out with a link. Ask the vendor to verify the signature with the certificate " +
		"of the metadata.",
	Trials: trial.With(there(), thereForged("foreign-key", forge.SignedByForeignKey())),
	Judge:  refused(thereForged("foreign-key", forge.SignedByForeignKey()), "a LogoutRequest signed by an unknown key"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:any-key"},
}
