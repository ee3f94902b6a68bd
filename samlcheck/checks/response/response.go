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
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
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
	replayAfterLogout,
	issuerForeign,
	statusNotSuccess,
	methodNotBearer,
	assertionMissing,
	// what the list above has no name for: the envelope, and how it is brought
	idEmpty,
	idMissing,
	versionForeign,
	issueInstantEmpty,
	issueInstantMissing,
	issueInstantMalformed,
	issueInstantOld,
	issueInstantFuture,
	inResponseToEmpty,
	inResponseToMissing,
	inResponseToOther,
	destinationEmpty,
	destinationMissing,
	issuerEmpty,
	issuerMissing,
	issuerOther,
	issuerFormatForeign,
	secondAssertionExpired,
	twoSubjects,
	otherBrowsersRequest,
	byRedirect,
	parameterTwice,
	parameterMissing,
	notBase64,
	notXml,
	assertionAlone,
	samlOne,
	relayStateForeign,
	relayStateSchemeRelative,
	relayStateScript,
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

// several has two assertions in the response, both signed well: the newcomer's
// own and one about the known member.
func several(m forge.Mutation) []trial.Trial {
	return trial.With(
		trial.Trial{
			Name: expect.Signer, Part: trial.Newcomer, Role: trial.Control,
			Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Fresh("1")}}},
		},
		expect.Shape("assertion"),
		trial.Trial{
			Name: "spoilt", Part: trial.Question,
			Steps: []trial.Step{{Name: "login", Do: trial.Login{
				As: trial.Fresh("1"), Carry: trial.Known, Options: "assertion", Forge: []forge.Mutation{m},
			}}},
		})
}

// relayed brings a good response with another RelayState: where the login
// begins at the service, and where it begins at the identity provider.
func relayed(relay string) []trial.Trial {
	return trial.With(
		trial.Trial{
			Name: "spoilt", Part: trial.Question,
			Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Relay: relay}}},
		},
		trial.Trial{
			Name: "unsolicited", Part: trial.Question,
			Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, From: trial.IdPInitiated, Relay: relay}}},
		})
}
