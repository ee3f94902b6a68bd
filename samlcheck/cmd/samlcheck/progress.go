package main

import (
	"fmt"

	"example.com/samepage/samlcheck/suite"
)

// progress is one line that changes on a terminal, and a few plain lines
// elsewhere: a CI log wants to see that something goes on, not every login.
func (a *app) progress() func(suite.Event) {
	if a.quiet {
		return nil
	}
	if isTerminal(a.err) {
		return func(e suite.Event) {
			const wide = 24
			full := wide * e.Done / max(e.Of, 1)
			fmt.Fprintf(a.err, "\r\x1b[K%s [%-*s] %d/%d %s", e.Face, wide, bars(full), e.Done+1, e.Of, e.Trial)
		}
	}
	return func(e suite.Event) {
		if e.Done%20 == 0 {
			fmt.Fprintf(a.err, "%s: %d of %d: %s\n", e.Face, e.Done+1, e.Of, e.Trial)
		}
	}
}

func bars(n int) string {
	const all = "========================"
	return all[:min(n, len(all))]
}

// endProgress clears the line that changes.
func (a *app) endProgress() {
	if !a.quiet && isTerminal(a.err) {
		fmt.Fprint(a.err, "\r\x1b[K")
	}
}
