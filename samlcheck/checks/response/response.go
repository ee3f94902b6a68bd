// Package response asks how a service provider treats a response: good ones in
// every shape that an identity provider may choose, and bad ones that are all
// signed well. What is wrong with the signature itself is asked in package
// signature.
//
// Every bad response has one fault. The known member is signed for in each, so
// that a service provider which misses the fault lets somebody in whom the
// oracle knows.
package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order: what is accepted
// first, because what is refused is read in its light.
var Checks = []samlcheck.Check{
	idpInitiated,
	signedAssertionOnly,
	signedResponseOnly,
	signedBoth,
	audienceForeign,
	audienceMissing,
	recipientForeign,
	destinationForeign,
	conditionsExpired,
	confirmationExpired,
	notYetValid,
	inResponseToUnknown,
	inResponseToUnsolicited,
	replay,
	replayUnsolicited,
	issuerForeign,
	statusNotSuccess,
	methodNotBearer,
	assertionMissing,
	crashOnBadInput,
}

// unsolicited is the known member's good login that begins at the identity
// provider.
func unsolicited() trial.Trial {
	return trial.Trial{
		Name: "unsolicited", Part: trial.Question, Role: trial.Control,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, From: trial.IdPInitiated}}},
	}
}

// asked makes a question of what is a control elsewhere.
func asked(t trial.Trial) trial.Trial {
	t.Role = trial.Probe
	return t
}

// replayed is a good login whose response is posted again from a browser that
// has nothing to do with it.
func replayed(from trial.Start, name string) trial.Trial {
	return trial.Trial{
		Name: name, Part: trial.Question,
		Steps: []trial.Step{
			{Name: "login", Do: trial.Login{As: trial.Known, From: from}},
			{Name: "again", Do: trial.Resend{Of: "login"}, Fresh: true},
		},
	}
}
