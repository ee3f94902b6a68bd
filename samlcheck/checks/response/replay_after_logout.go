package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

// The browser is the one that signed in: whatever it was given for its request
// is there, and only the session is gone.
var replayAfterLogout = samlcheck.Check{
	ID:    "response/replay-after-logout",
	Title: "After signing out, the browser's old response is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.5"), cite.Core.At("2.5.1.5")},
	Remedy: "Whoever sits down at a shared computer after somebody has signed out can go back in the history and be " +
		"signed in again. Ask the vendor to remember each assertion's ID until its NotOnOrAfter and to refuse it the " +
		"second time; a request must be used up by its answer.",
	Trials: trial.With(trial.Trial{
		Name: "replay-after-logout", Part: trial.Question,
		Steps: []trial.Step{
			{Name: "login", Do: trial.Login{As: trial.Known}},
			{Name: "logout", Do: trial.Logout{Of: "login"}},
			{Name: "after", Do: trial.Revisit{Of: "login"}},
			{Name: "again", Do: trial.Resend{Of: "login"}},
		},
	}),
	Judge: expect.RefusedAfterLogout("replay-after-logout", "after"),
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:replay"},
}
