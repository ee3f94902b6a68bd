// Package status asks what a service provider makes of the status of a
// response: none, and every error that an identity provider sends. An error
// signs nobody in, whatever it says; how well it is told to people is not asked
// here.
package status

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	empty,
	missing,
	codeEmpty,
	codeMissing,
	loginFailed,
	loginTooWeak,
	loginTimedOut,
	consentDenied,
	accountBlocked,
	loginCancelled,
	noPassive,
	requestDenied,
	nameidPolicy,
	noAuthnContext,
	responder,
	requester,
	versionMismatch,
}

// denied is a login of the known member that the identity provider refuses,
// with the given words.
func denied(m forge.Mutation) []trial.Trial {
	return trial.With(trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Deny: true, Forge: []forge.Mutation{m}}}},
	})
}
