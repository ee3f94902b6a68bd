package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var sloOneSided = samlcheck.Check{
	ID:    "pairing/slo-one-sided",
	Title: "Single logout is offered by both sides or by none.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.4.5")},
	Remedy: "Nothing has to be done: signing out on one side leaves the other signed in. To have single " +
		"logout, set it up on both: Okta under Enable Single Logout, Entra under Logout URL.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		ours, theirs := len(sp.SLO(sp.Role)) > 0, len(idp.SLO(idp.Role)) > 0
		switch {
		case ours && theirs:
			return samlcheck.Holds("both sides offer single logout")
		case !ours && !theirs:
			return samlcheck.Holds("neither side offers single logout")
		case ours:
			return samlcheck.Violated("only the service offers single logout").At(sp.At(sp.Role, "SingleLogoutService"))
		}
		return samlcheck.Violated("only the identity provider offers single logout").At(idp.At(idp.Role, "SingleLogoutService"))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/good", Violated: "fixture:pairing/slo-one-sided"},
}
