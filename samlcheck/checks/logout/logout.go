// Package logout asks whether single logout signs anybody out, and whom it lets
// do so.
//
// A logout is tried from both ends: at the service provider, where the target
// file names session.logout, and from the identity provider, with a
// LogoutRequest to the endpoint of the service provider's metadata. Whether the
// session is over is read off the pages, as everywhere, and never off what a
// message says. A refusal counts only where a good message of the same kind
// ends the session, and an end only where the session was alive just before.
//
// It refuses to search for a logout button: a wrong link would sign nobody out
// and look like a service that cannot.
package logout

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	notTold,
	sessionKept,
	requestInvalid,
	requestUnsigned,
	requestIssuerForeign,
	requestNameIDOther,
	requestSessionIndexMissing,
	answerToAnother,
	answerUnsigned,
	answerForeignKey,
	partialStaysIn,
	deniedStaysIn,
	requestIgnored,
	unsigned,
	foreignKey,
	destinationForeign,
	expired,
	nameIDUnknown,
	sessionIndexOther,
	sessionIndexMissing,
	encryptedIDRefused,
	responseInvalid,
	relayStateLost,
	capabilityUntrue, // last: its trials are questions of others
}

// Names of steps.
const (
	login  = "login"
	alive  = "alive"
	logout = "logout"
	after  = "after"
	second = "login-2" // the same person in another browser
	other  = "other"   // that browser, afterwards
)

const (
	relay   = "samlcheck-relay-state"
	partial = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"
	denied  = "urn:oasis:names:tc:SAML:2.0:status:RequestDenied"
)

// parting is a login, a look at it, a logout, and a look at what it left.
func parting(name string, do trial.Logout) trial.Trial {
	do.Of = login
	return trial.Trial{Name: name, Part: trial.Question, Steps: []trial.Step{
		{Name: login, Do: trial.Login{As: trial.Known}},
		{Name: alive, Do: trial.Revisit{Of: login}},
		{Name: logout, Do: do},
		{Name: after, Do: trial.Revisit{Of: login}},
	}}
}

// From the service provider's side.
func here() trial.Trial        { return parting("sp-logout", trial.Logout{}) }
func hereSilent() trial.Trial  { return parting("sp-logout-silent", trial.Logout{Silent: true}) }
func herePartial() trial.Trial { return parting("sp-logout-partial", trial.Logout{Status: partial}) }
func hereDenied() trial.Trial  { return parting("sp-logout-denied", trial.Logout{Status: denied}) }
func hereForged(name string, m forge.Mutation) trial.Trial {
	return parting("sp-logout-"+name, trial.Logout{Forge: []forge.Mutation{m}})
}

// From the identity provider's side.
func there() trial.Trial {
	return parting("idp-logout", trial.Logout{From: trial.IdPInitiated, Relay: relay})
}

func thereForged(name string, m forge.Mutation) trial.Trial {
	return parting("idp-logout-"+name, trial.Logout{From: trial.IdPInitiated, Forge: []forge.Mutation{m}})
}

func thereSealed() trial.Trial {
	return parting("idp-logout-encrypted", trial.Logout{From: trial.IdPInitiated, Encrypt: true})
}

// thereForAll asks in one browser for the end of all sessions of the person,
// who has one in another browser, too.
func thereForAll() trial.Trial {
	t := thereForged("all", forge.NoSessionIndex())
	t.Steps = append([]trial.Step{{Name: second, Do: trial.Login{As: trial.Known}}, {Name: "alive-2", Do: trial.Revisit{Of: second}}}, t.Steps...)
	t.Steps[2].Fresh = true
	t.Steps = append(t.Steps, trial.Step{Name: other, Do: trial.Revisit{Of: second}})
	return t
}

// expiry is how long a LogoutRequest of the past is over.
const expiry = 10 * time.Minute

// weighed is a trial that a judge weighs himself: it may be left out.
func weighed(t trial.Trial) trial.Trial {
	t.Role = trial.Control
	return t
}
