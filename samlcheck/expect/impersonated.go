package expect

import (
	"strings"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Signed is the person who is really signed for where another is named beside
// him: a newcomer, whom most service providers refuse.
var Signed = trial.Fresh("1")

// Own is the signed person's good login, performed once with that of the
// experiment on accounts.
func Own() trial.Trial {
	return trial.Trial{
		Name: Signer, Part: trial.Newcomer, Role: trial.Control,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: Signed}}},
	}
}

// Impersonated makes the trials of an outsider who has a genuine response of
// his own: the identity provider signs for a newcomer, the forged part names
// the known member. Judge them with NoWayIn.
func Impersonated(shapes string, variants ...[]forge.Mutation) []trial.Trial {
	ts := trial.With(Own())
	return append(ts, controlled(shapes, trial.Login{As: Signed, Carry: trial.Known}, variants)...)
}

// Unsound makes the trials of a response for the known member whose signature
// is not worth anything, or not as it should be. Judge them with RefusedInShapes.
func Unsound(shapes string, variants ...[]forge.Mutation) []trial.Trial {
	return append(trial.With(), controlled(shapes, trial.Login{As: trial.Known}, variants)...)
}

// Spoilt is Unsound without the control on whether signatures are verified at
// all: for the checks that ask just that.
func Spoilt(shapes string, variants ...[]forge.Mutation) []trial.Trial {
	return append(trial.With(), InShapes(shapes, trial.Login{As: trial.Known}, variants...)...)
}

// Heavy is Spoilt for what costs much memory or time.
func Heavy(shapes string, variants ...[]forge.Mutation) []trial.Trial {
	return append(trial.With(), InShapes(shapes, trial.Login{As: trial.Known, Heavy: true}, variants...)...)
}

// Each makes a variant of every mutation.
func Each(ms ...forge.Mutation) [][]forge.Mutation {
	out := make([][]forge.Mutation, 0, len(ms))
	for _, m := range ms {
		out = append(out, []forge.Mutation{m})
	}
	return out
}

func controlled(shapes string, login trial.Login, variants [][]forge.Mutation) []trial.Trial {
	var out []trial.Trial
	for _, signed := range strings.Fields(shapes) {
		in := InShapes(signed, login, variants...)
		out = append(append(out, in[0], Changed(signed)), in[1:]...)
	}
	return out
}

// CutName makes the trials of a person whose name begins with the known
// member's, with something behind that beginning that must make no difference.
// Judge them with SameAsLonger.
func CutName(ms ...forge.Mutation) []trial.Trial {
	login := func(name string, role trial.Role, ms ...forge.Mutation) trial.Trial {
		return trial.Trial{
			Name: name, Part: trial.Question, Role: role,
			Steps: []trial.Step{{Name: "login", Do: trial.Login{As: Signed, Carry: trial.Known, Forge: ms}}},
		}
	}
	return trial.With(login(Longer, trial.Control, forge.LongerName()), login("spoilt", trial.Probe, ms...))
}
