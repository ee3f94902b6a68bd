// Package offboarding asks what somebody keeps whom the identity provider no
// longer lets in: an open session, an account, a password.
//
// The mock identity provider is the one that revokes, so nobody is really
// locked out, and each trial lets the person in again at its end. That the
// revocation worked is shown, not assumed: a new login in another browser must
// be stopped at the identity provider, with no response on its way.
//
// A session is alive if its pages land where the login landed, and dead if they
// land where a stranger does; anything else is undecided. A run looks once;
// `samlcheck offboard` watches. What is found is a lower bound: nobody can see
// further than he has looked.
//
// It deactivates nobody but a person of the run's own, whom it has invited or
// who came in by himself.
package offboarding

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	notBlockedUnassigned,
	notBlockedDisabled,
	sessionOutlives,
	sessionEndIgnored,
	deactivatedStaysIn,
	accountUnlisted,
	sameAccountAgain,
	passwordOffered,
	resetOffered,
}

// Names of steps.
const (
	login   = "login"
	alive   = "alive"   // looked at once more, right after the login
	blocked = "blocked" // a new login in another browser, after the revocation
	watched = "watched"
	back    = "back" // a new login in another browser, after the person was let in again
	members = "members"
	before  = "members-before"
	revoke  = "revoke"
)

// sessionEnds is how long the session lasts by the assertion of that trial, and
// skew how much a clock may be wrong (SDP-G01 asks for three to five minutes).
const (
	sessionEnds = 10 * time.Second
	skew        = 5 * time.Minute
)

// leaver is somebody of this run who is deactivated at the service provider.
const leaver = trial.Person("fresh-leaver")

// controls teach the oracle; the judges weigh what they say.
func controls(ts ...trial.Trial) []trial.Trial {
	all := append([]trial.Trial{trial.Clean(), trial.Stranger(), trial.Denied(), trial.CleanAgain()}, ts...)
	for i := range all {
		all[i].Role, all[i].Want = trial.Control, ""
	}
	return all
}

// revoked is the known member who loses the app in the middle of a session.
func revoked() trial.Trial {
	return trial.Trial{Name: "unassigned", Part: trial.Question, Steps: []trial.Step{
		{Name: before, Do: trial.Members{}},
		{Name: login, Do: trial.Login{As: trial.Known}},
		{Name: alive, Do: trial.Revisit{Of: login}},
		{Name: revoke, Do: trial.Revoke{Who: trial.Known, How: trial.Unassigned}},
		{Name: blocked, Do: trial.Login{As: trial.Known}, Fresh: true},
		{Name: watched, Do: trial.Watch{Of: login}},
		{Name: members, Do: trial.Members{}},
		{Name: "restore", Do: trial.Restore{Who: trial.Known}},
		{Name: back, Do: trial.Login{As: trial.Known}, Fresh: true},
		{Name: "members-after", Do: trial.Members{}},
	}}
}

// blockedAccount is the known member whose account is disabled at the identity
// provider.
func blockedAccount() trial.Trial {
	return trial.Trial{Name: "disabled-at-idp", Part: trial.Question, Steps: []trial.Step{
		{Name: revoke, Do: trial.Revoke{Who: trial.Known, How: trial.Disabled}},
		{Name: blocked, Do: trial.Login{As: trial.Known}},
		{Name: "restore", Do: trial.Restore{Who: trial.Known}},
		{Name: back, Do: trial.Login{As: trial.Known}, Fresh: true},
	}}
}

// brief is a login whose session ends soon.
func brief() trial.Trial {
	return trial.Trial{Name: "session-ends", Part: trial.Question, Steps: []trial.Step{
		{Name: login, Do: trial.Login{As: trial.Known, Forge: []forge.Mutation{forge.SessionNotOnOrAfter(sessionEnds)}}},
		{Name: alive, Do: trial.Revisit{Of: login}},
		{Name: watched, Do: trial.Watch{Of: login, Most: 6 * time.Minute}},
	}}
}

// deactivated is somebody of the run whom the administrator deactivates at the
// service provider in the middle of a session.
func deactivated() trial.Trial {
	return trial.Trial{Name: "deactivated-at-sp", Part: trial.Question, Steps: []trial.Step{
		{Name: "invite", Do: trial.Invite{Who: leaver}},
		{Name: login, Do: trial.Login{As: leaver}},
		{Name: alive, Do: trial.Revisit{Of: login}},
		{Name: "disable", Do: trial.Disable{Who: leaver}},
		{Name: watched, Do: trial.Watch{Of: login, Most: time.Minute}},
	}}
}

// doors is what a stranger is offered beside single sign-on.
func doors() trial.Trial {
	return trial.Trial{Name: "doors", Part: trial.Question, Steps: []trial.Step{{Name: "look", Do: trial.Doors{}}}}
}
