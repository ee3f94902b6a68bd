package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var capabilityUntrue = samlcheck.Check{
	ID:    "logout/capability-untrue",
	Title: "What the metadata says of single logout is what the service does.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.4.5"), cite.Metadata.At("2.4.2")},
	Remedy: "Do not rely on single logout here. Where the metadata offers it and nothing happens, leave it off in " +
		"Okta and Entra; where it is done and not offered, ask the vendor for metadata that says so.",
	Reads:  samlcheck.SPMetadata,
	Trials: trial.With(weighed(here()), weighed(there())),
	Judge:  judgeCapability,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:undeclared slo:declared-only"},
}

func judgeCapability(c *samlcheck.Case) samlcheck.Verdict {
	sp := expect.SP(c)
	declared := len(sp.SLO(sp.Role)) > 0
	l, _, tried := read(c, here())
	asks := tried && l.heard("LogoutRequest") != nil
	r, _, asked := read(c, there())
	switch {
	case !declared && asks:
		return samlcheck.Violated("the metadata offers no single logout, and signing out sends a LogoutRequest, which cannot be answered").At(l.out.Ref)
	case !declared:
		return samlcheck.Holds("the metadata offers no single logout, and none was seen")
	case asks || asked && r.after.Dead():
		return samlcheck.Holds("the metadata offers single logout, and it was seen to work from one side at least").At(sp.At(sp.SLO(sp.Role)[0].Element, "SingleLogoutService"))
	case !asked || !r.after.Alive():
		return samlcheck.Undecided("the metadata offers single logout, and whether a LogoutRequest ends the session could not be seen")
	}
	return samlcheck.Violated("the metadata offers single logout: a good LogoutRequest to it ended nothing, and signing out sent none").At(
		sp.At(sp.SLO(sp.Role)[0].Element, "SingleLogoutService"), r.out.Ref)
}
