package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

// It warns for the reason that in-response-to-unknown warns.
var otherBrowsersRequest = samlcheck.Check{
	ID:    "response/other-browsers-request",
	Title: "A response to a request that another browser made is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.Core.At("3.2.2")},
	Remedy: "Somebody could be signed in, by a link, to an account of the attacker's, and leave his data there (login CSRF). " +
		"Ask the vendor to remember in the browser, with a cookie, which request it made. crewjam/saml does while " +
		"AllowIDPInitiated is off; where node-saml's cache is shared by all browsers, as by default, the application must " +
		"bind the request's ID to the session.",
	Trials: trial.With(trial.Trial{
		Name: "held", Part: trial.Question,
		Steps: []trial.Step{
			{Name: "login", Do: trial.Login{As: trial.Known, Bring: trial.Held}},
			{Name: "again", Do: trial.Resend{Of: "login"}, Fresh: true},
		},
	}),
	Judge: expect.RefusedInOtherBrowser("held", "login"),
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:other-browser flaw:in-response-to"},
}
