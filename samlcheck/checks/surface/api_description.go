package surface

import (
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var apiDescription = samlcheck.Check{
	ID:    "surface/api-description",
	Title: "A description of an API can be found, by which accounts could be seen from outside.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.APICatalog.At("2"), cite.House.At("surface")},
	Remedy: "Ask the vendor for the API's documentation, and whether it lists, disables and removes members: a command that " +
		"reads the members view (`members:` in the target file) settles what a first login does.",
	Trials: []trial.Trial{trial.AskSurface()},
	Judge:  judgeAPI,
	Proof:  samlcheck.Proof{Holds: "surface:api-description", Violated: "stand-in"},
}

func judgeAPI(c *samlcheck.Case) samlcheck.Verdict {
	p, why := read(c)
	if why != nil {
		return *why
	}
	var described, there []answer
	for _, a := range p.of(trial.API) {
		has := func(k string) bool { return slices.Contains(a.hop.JSONKeys, k) }
		switch {
		case a.like() || !a.there():
		case a.hop.Status == 200 && (has("openapi") || has("swagger") || has("linkset")):
			described = append(described, a)
		default:
			there = append(there, a)
		}
	}
	switch {
	case len(described) > 0:
		return p.found(samlcheck.Holds("an API is described (%s; %s)", addresses(described), p.day()), described)
	case len(there) > 0:
		return p.found(samlcheck.Undecided("something answers, and whether it describes an API cannot be told (%s; %s)", addresses(there), p.day()), there)
	}
	return p.absent("an API description", trial.API)
}
