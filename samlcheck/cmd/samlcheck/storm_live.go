package main

import (
	"fmt"
	"io"
	"time"

	"example.com/samepage/samlcheck/storm"
	"example.com/samepage/samlcheck/suite"
)

// stormProgress is a bar with the latest window's numbers on a terminal, and a
// line now and then elsewhere.
func (a *app) stormProgress(logins int) func(storm.Progress) {
	if a.quiet {
		return nil
	}
	if !isTerminal(a.err) {
		return stormLines(a.err)
	}
	if a.bars == nil {
		a.bars = newBars(a.err, time.Now)
	}
	a.bars.tell(suite.Event{Face: "storm", Trial: "controls first", Of: logins})
	return func(p storm.Progress) {
		a.bars.tell(suite.Event{Face: "storm", Trial: stormWords(p), Done: p.Done, Of: p.Of})
	}
}

// stormLines says every five seconds of the storm how it goes.
func stormLines(w io.Writer) func(storm.Progress) {
	const every = 5 * time.Second
	next := time.Duration(0)
	return func(p storm.Progress) {
		if p.At < next {
			return
		}
		next = p.At + every
		fmt.Fprintf(w, "storm: %.0f s: %d of %d done, %s\n", p.At.Seconds(), p.Done, p.Of, stormWords(p))
	}
}

func stormWords(p storm.Progress) string {
	words := fmt.Sprintf("%.1f/s offered, %.1f/s done, p50 %s p95 %s p99 %s, %d under way", p.Offered, p.Gave, brief(p.P50), brief(p.P95), brief(p.P99), p.Busy)
	if p.Failed > 0 {
		words += fmt.Sprintf(", %d FAILED", p.Failed)
	}
	return words
}

func brief(d time.Duration) string {
	if d >= time.Second {
		return d.Round(10 * time.Millisecond).String()
	}
	return d.Round(100 * time.Microsecond).String()
}
