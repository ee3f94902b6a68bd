package surface

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var webhooks = samlcheck.Check{
	ID:    "surface/webhooks",
	Title: "Webhooks, or a page about them, can be found, by which a new account could be told of.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("surface")},
	Remedy: "Ask the vendor whether the app calls out when an account is made or removed. Without that, and without SCIM, " +
		"only looking at the members page tells.",
	Trials: []trial.Trial{trial.AskSurface()},
	Judge:  judgeWebhooks,
	Proof:  samlcheck.Proof{Holds: "surface:webhooks", Violated: "stand-in"},
}

func judgeWebhooks(c *samlcheck.Case) samlcheck.Verdict {
	p, why := read(c)
	if why != nil {
		return *why
	}
	var there []answer
	for _, a := range p.of(trial.Webhooks) {
		if !a.like() && a.there() {
			there = append(there, a)
		}
	}
	if len(there) > 0 {
		return p.found(samlcheck.Holds("something answers where webhooks would be, and not elsewhere (%s; %s)", addresses(there), p.day()), there)
	}
	return p.absent("webhooks", trial.Webhooks)
}
