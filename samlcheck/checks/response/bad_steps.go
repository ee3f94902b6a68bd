package response

import (
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// placed is a step with the place where it stands in the evidence.
type placed struct {
	transcript.Step
	in string
}

// badSteps are all steps of the run, of whatever check, in which something bad
// was sent.
func badSteps(runs []transcript.Run) []placed {
	var out []placed
	for _, run := range runs {
		for _, s := range run.Steps {
			if run.Again > 0 || s.Sent == nil || s.Fault != "" || len(s.Sent.Changed) == 0 && run.Part != string(trial.DeniedOut) {
				continue
			}
			out = append(out, placed{s, run.ID + "#" + s.Name})
		}
	}
	return out
}
