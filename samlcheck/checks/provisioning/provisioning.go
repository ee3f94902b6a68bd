// Package provisioning asks what a login does to the accounts of the service
// provider: does a first login create one, is the second login the same, and
// which attributes does it take.
//
// The experiment is declared in experiment.go, step by step and in order; its
// smaller questions fall out of the same logins, because equal trials are
// performed once. Nothing here reads a page: the oracle lands the logins and
// draws the verdict, and a judge says it.
//
// It refuses to call an account good or bad. That a newcomer gets in is a
// fact; whether it should is for the target's expect to say.
package provisioning

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	jitOnFirstLogin,
	knownMemberSignsIn,
	secondLoginSame,
	plainAttributesEnough,
}

// refs points at the last steps of the named trials, those that were performed.
func refs(c *samlcheck.Case, trials ...string) []transcript.Ref {
	var out []transcript.Ref
	for _, t := range trials {
		if run, ok := c.Runs[t]; ok && len(run.Steps) > 0 {
			out = append(out, transcript.Ref{In: run.ID + "#" + run.Last().Name, Excerpt: run.Last().Do})
		}
	}
	return out
}

// missing names the first of the trials that was not performed; "" when all were.
func missing(c *samlcheck.Case, trials ...string) string {
	for _, t := range trials {
		if run, ok := c.Runs[t]; !ok || len(run.Steps) == 0 {
			return t
		}
	}
	return ""
}
