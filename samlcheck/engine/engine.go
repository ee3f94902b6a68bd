// Package engine turns a catalogue into a plan, a plan into a transcript and a
// transcript into findings.
//
// Planning and judging are pure. Only Perform touches the world, and only
// through an Actor; it writes down everything that a judge may read. The engine
// knows no check by name and no page by its words.
package engine

import (
	"context"

	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Docs are the documents at hand; either may be nil.
type Docs struct {
	SP, IdP *metadata.Doc
	Whole   *aggregate.Result // of an aggregate
}

// An Actor performs the steps of one trial with a browser and an IdP. It is the
// seam between the pure half of the engine and the world. Its browsers are new:
// no cookie of another trial survives.
type Actor interface {
	// Perform never fails: what went wrong stands in the step's Fault.
	Perform(ctx context.Context, t trial.Trial, s trial.Step) transcript.Step
	Close() error
}
