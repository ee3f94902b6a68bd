// Package signature asks whether a service provider verifies what it reads.
//
// Everything here is what an outsider could send who has one genuine response
// of his own, or none: a violation is a way in. So a verdict rests on who
// landed, never on a status: many sound libraries answer a wrapped message with
// success, for the person who was really signed for.
package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	unsigned,
	empty,
	foreignKey,
	foreignKeyKnownCertificate,
	contentChanged,
	valueFlipped,
	digestFlipped,
	wrappedFirst,
	secondAssertion,
	wrappedResponse,
	commentInNameid,
}

// signer is the person who is really signed for, where another is named beside
// him: a newcomer, whom most service providers refuse.
var signer = trial.Fresh("1")

// own is the signer's good login, performed once with that of the experiment on
// accounts.
func own() trial.Trial {
	return trial.Trial{
		Name: expect.Signer, Part: trial.Newcomer, Role: trial.Control,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: signer}}},
	}
}

// longer is a good login of a person whose name begins with the known member's.
func longer() trial.Trial {
	return trial.Trial{
		Name: expect.Longer, Part: trial.Question, Role: trial.Control,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{
			As: signer, Carry: trial.Known, Forge: []forge.Mutation{forge.LongerName()},
		}}},
	}
}

// wrapping signs for the newcomer, in the given way, and names the known member.
func wrapping(signed string, m forge.Mutation) []trial.Trial {
	return trial.With(own(), expect.Shape(signed), trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{
			As: signer, Carry: trial.Known, Options: signed, Forge: []forge.Mutation{m},
		}}},
	})
}
