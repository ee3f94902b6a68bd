package samlcheck

import (
	"fmt"

	"example.com/samepage/samlcheck/transcript"
)

type answer int

const (
	undefined answer = iota // a judge that said nothing: inconclusive, never a pass
	holds
	violated
	undecided
	notApplicable
)

// A Verdict is a judge's answer with its reason and its evidence. It says what
// happened; the check's Level says how bad that is. The zero Verdict is
// inconclusive.
type Verdict struct {
	answer   answer
	Because  string
	Evidence []transcript.Ref
}

// Holds says that the good behaviour was seen.
func Holds(f string, a ...any) Verdict { return Verdict{answer: holds, Because: fmt.Sprintf(f, a...)} }

// Violated says that its opposite was seen.
func Violated(f string, a ...any) Verdict {
	return Verdict{answer: violated, Because: fmt.Sprintf(f, a...)}
}

// Undecided says that it could not be told, and why.
func Undecided(f string, a ...any) Verdict {
	return Verdict{answer: undecided, Because: fmt.Sprintf(f, a...)}
}

// NotApplicable says that the question does not arise.
func NotApplicable(f string, a ...any) Verdict {
	return Verdict{answer: notApplicable, Because: fmt.Sprintf(f, a...)}
}

// Answer is the verdict in a word, whatever the level makes of it. The zero
// Verdict is undecided.
func (v Verdict) Answer() Answer {
	switch v.answer {
	case holds:
		return AnswerHolds
	case violated:
		return AnswerViolated
	case notApplicable:
		return AnswerNotApplicable
	case undefined, undecided:
	}
	return AnswerUndecided
}

// At adds evidence.
func (v Verdict) At(refs ...transcript.Ref) Verdict {
	v.Evidence = append(v.Evidence[:len(v.Evidence):len(v.Evidence)], refs...)
	return v
}

// Outcome weighs the verdict by the level of the check that gave it.
func (v Verdict) Outcome(l Level) Outcome {
	switch v.answer {
	case holds:
		if l == Info {
			return Note
		}
		return Pass
	case violated:
		return [...]Outcome{Must: Fail, Should: Warn, Info: Note}[l]
	case notApplicable:
		return Skipped
	case undefined, undecided:
	}
	return Inconclusive
}
