package surface

import (
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var scimOpen = samlcheck.Check{
	ID:    "surface/scim-open",
	Title: "SCIM tells nobody about users who brings no credentials.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.SCIM.At("2"), cite.HTTP.At("15.5.2")},
	Remedy: "Tell the vendor at once: the list of users answers without any credentials, so anybody can read who works " +
		"for you. Until it is mended, ask for SCIM to be switched off for your tenant.",
	Trials: []trial.Trial{trial.AskSurface()},
	Judge:  judgeOpen,
	Proof:  samlcheck.Proof{Holds: "surface:scim", Violated: "surface:scim-open"},
}

func judgeOpen(c *samlcheck.Case) samlcheck.Verdict {
	p, why := read(c)
	if why != nil {
		return *why
	}
	asked := users(p)
	if len(asked) == 0 {
		return samlcheck.NotApplicable("not applicable: no SCIM list of users answers at the places that were asked")
	}
	var open, shut []answer
	for _, a := range asked {
		counts := slices.Contains(a.hop.JSONKeys, "totalResults")
		switch {
		case a.hop.Status == 200 && counts:
			open = append(open, a)
		case a.hop.Status == 401 || a.hop.Status == 403:
			shut = append(shut, a)
		}
	}
	switch {
	case len(open) > 0:
		return p.found(samlcheck.Violated("the list of users was given without credentials (%s; %s)", addresses(open), p.day()), open)
	case len(shut) > 0:
		return p.found(samlcheck.Holds("the list of users wants credentials (%s; %s)", addresses(shut), p.day()), shut)
	}
	return samlcheck.Undecided("the list of users neither came nor was refused (%s; %s)", addresses(asked), p.day())
}
