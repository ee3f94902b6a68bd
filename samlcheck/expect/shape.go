package expect

import (
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// AgainstShape is trial.Against where the message must be signed in a certain
// way ("response", "assertion"), because the fault leaves nothing else to sign.
// Its judge is RefusedLike(Shape(signed).Name).
func AgainstShape(signed string, m ...forge.Mutation) []trial.Trial {
	return trial.With(Shape(signed), trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Options: signed, Forge: m}}},
	})
}
