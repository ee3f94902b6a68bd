package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

const (
	pagesPerLogin = 9                      // requests of one login with its revisits, about
	onePage       = 250 * time.Millisecond // what a service on the Internet takes for one
	oneHere       = 15 * time.Millisecond  // what one on this machine takes
)

// lasts is how long a plan takes, in words. It is a guess, and says so.
func lasts(p *suite.PlanInfo, here bool) string {
	logins, asked, cards := 0, 0, 0
	for _, f := range p.Faces {
		logins += f.Logins
		cards += f.Cards
		if slices.ContainsFunc(f.Checks, func(id string) bool { return strings.HasPrefix(id, "surface/") }) {
			asked += len(trial.Places())
		}
	}
	if cards > 0 {
		return fmt.Sprintf("%d minutes at best, half a minute for each card", (cards+1)/2)
	}
	page := onePage
	if here {
		page = oneHere
	}
	d := time.Duration(logins*pagesPerLogin+asked) * page
	if d < time.Minute {
		return "less than a minute"
	}
	return fmt.Sprintf("about %d minutes, if a page takes a quarter of a second", int((d+30*time.Second)/time.Minute))
}

// fate says what becomes of the accounts of a run.
func fate(m *target.Members) string {
	if m != nil && m.Remove != nil {
		return "They may take seats; members.remove is called for each at the end, and the report says what is left."
	}
	return "They may take seats, and only you can delete them."
}

// asks says what the surface probe will ask, if the plan has it.
func asks(p *suite.PlanInfo) string {
	for _, f := range p.Faces {
		if slices.ContainsFunc(f.Checks, func(id string) bool { return strings.HasPrefix(id, "surface/") }) {
			return fmt.Sprintf("Asks %d places of each of the service provider's addresses, with GET and OPTIONS and nobody's credentials, for SCIM, an API and webhooks.\n",
				len(trial.Places()))
		}
	}
	return ""
}
