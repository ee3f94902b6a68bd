package provisioning

import (
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// foreignAudience is a service provider that nobody runs.
const foreignAudience = "https://other.example/sp"

// People who were never there.
const (
	first  = trial.Person("fresh-1")
	second = trial.Person("fresh-2")
	late   = trial.Person("fresh-late") // is invited, and never logs in
)

// experiment is the JIT experiment in its order, which is part of the
// evidence: the stranger and the denied login come before anything that
// could upset the service, the controls stand on both sides of the newcomers,
// and the stranger comes last once more, at every page that a login reached.
func experiment() []trial.Trial {
	return []trial.Trial{
		membersFirst(),
		invite(),
		weighed(trial.Clean()),
		weighed(trial.Stranger()),
		weighed(trial.Denied()),
		spoiltKey(oracle.TrialSpoiltKey1),
		spoiltAudience(),
		weighed(trial.CleanAgain()),
		newcomer(oracle.TrialFresh1, trial.Login{As: first}),
		newcomer(oracle.TrialFresh1Again, trial.Login{As: first}),
		newcomer(oracle.TrialFresh2Plain, trial.Login{As: second, Give: trial.Plain}),
		weighed(trial.CleanLast()),
		knownPlain(),
		spoiltKey(oracle.TrialSpoiltKey2),
		weighed(trial.StrangerLast()),
		inviteLate(),
		membersLast(),
	}
}

// weighed is a control that the oracle weighs itself. Keys ignore what is
// wanted, so it is the same performance as everybody else's.
func weighed(t trial.Trial) trial.Trial {
	t.Role, t.Want = trial.Control, transcript.Landing("")
	return t
}

func one(name string, part trial.Part, step string, do trial.Action) trial.Trial {
	return weighed(trial.Trial{Name: name, Part: part, Steps: []trial.Step{{Name: step, Do: do}}})
}

// membersFirst is read before the known member is invited: who is listed only
// afterwards proves that the view is fresh.
func membersFirst() trial.Trial {
	return one(oracle.TrialMembers1, trial.Administration, "members", trial.Members{})
}

func invite() trial.Trial {
	return one(oracle.TrialInvite, trial.Administration, "invite", trial.Invite{Who: trial.Known})
}

// inviteLate has somebody invited when all logins are over: only a members view
// that shows him was live at the end, so that who is not listed has no account.
func inviteLate() trial.Trial {
	return one(oracle.TrialInviteLate, trial.Administration, "invite", trial.Invite{Who: late})
}

func membersLast() trial.Trial {
	return one(oracle.TrialMembers2, trial.Administration, "members", trial.Members{})
}

// spoiltKey is the known member's login, signed by a key that nobody trusts.
func spoiltKey(name string) trial.Trial {
	return one(name, trial.SpoiltKey, "login",
		trial.Login{As: trial.Known, Forge: []forge.Mutation{forge.SignedByForeignKey()}})
}

// spoiltAudience is the known member's login at somebody else's door.
func spoiltAudience() trial.Trial {
	return one(oracle.TrialSpoiltAud, trial.SpoiltAudience, "login",
		trial.Login{As: trial.Known, Forge: []forge.Mutation{forge.Audience(foreignAudience)}})
}

func newcomer(name string, do trial.Login) trial.Trial {
	return one(name, trial.Newcomer, "login", do)
}

// knownPlain is a finding, not a vote: does the known member get in with what
// the identity provider sends by default?
func knownPlain() trial.Trial {
	return one(oracle.TrialKnownPlain, trial.Question, "login", trial.Login{As: trial.Known, Give: trial.Plain})
}

// besides puts the controls that every landing needs in front of some trials.
func besides(ts ...trial.Trial) []trial.Trial {
	return append([]trial.Trial{
		weighed(trial.Clean()), weighed(trial.Stranger()), weighed(trial.Denied()), weighed(trial.CleanAgain()),
	}, ts...)
}
