// Package engine turns a catalogue into a plan, a plan into a transcript and a
// transcript into findings. Only Perform touches the world, through an Actor.
package engine

import (
	"context"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Docs are the documents at hand; either may be nil.
type Docs struct{ SP, IdP *metadata.Doc }

// An Actor performs one step with a browser and an IdP. It is the seam between
// the pure half of the engine and the world. One Actor plays one trial: its
// browsers are new, no cookie survives.
type Actor interface {
	// Perform never fails: what went wrong stands in the step's Fault.
	Perform(ctx context.Context, t trial.Trial, s trial.Step) transcript.Step
	Close() error
}
