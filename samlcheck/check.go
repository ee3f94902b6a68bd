// Package samlcheck defines what a check is, what it may see and what it may say.
//
// A [Check] is a value, not a program. Its Trials say what must be done and its
// Judge says what the outcome means. Performing is somebody else's business, so
// a recorded run can be judged again, offline, by a newer catalogue.
//
// To run checks, see package suite; to add one, see CONTRIBUTING.md.
package samlcheck

import (
	"time"

	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// A Check asks one question about a service provider.
type Check struct {
	ID     string                    // "response/audience-foreign"; stable, never used again for another question
	Title  string                    // the good behaviour, as a sentence
	Level  Level                     // how bad a violation is
	Cites  []cite.Clause             // why; at least one
	Remedy string                    // what to do about a violation: in Okta or Entra, at the SP, or what to ask the vendor
	Reach  Reach                     // who could make use of a violation
	Reads  Input                     // documents without which the check is skipped
	Trials []trial.Trial             // what to do; empty for a check on documents alone
	Then   func(*Case) []trial.Trial // what its runs call for, done only where the user asks for more; pure, nil for nothing
	Judge  func(*Case) Verdict       // pure: reads the Case and nothing else
	Proof  Proof                     // where the check has been seen to hold and to be violated
}

// Input is a set of documents.
type Input uint

// Documents.
const (
	SPMetadata Input = 1 << iota
	IdPMetadata
	Aggregate // a document of many entities
)

// Proof names where the check is known to hold and to be violated: a fixture
// ("fixture:sp-metadata/acs-plain-http.xml") or a flaw of the stand-in
// ("flaw:audience"). Both are required.
type Proof struct{ Holds, Violated string }

// A Case is everything that a judge may look at.
type Case struct {
	SP, IdP *metadata.Doc             // non-nil when the check Reads them
	Whole   *aggregate.Result         // what one pass over an Aggregate found; non-nil when the check Reads it
	Runs    map[string]transcript.Run // by trial name: the performances of the check's own trials
	All     []transcript.Run          // every run of this face, in order
	Model   *oracle.Model             // what the oracle learned in this run; nil for a check on documents alone
	Now     time.Time                 // the moment at which validity is looked at
}

// Last returns the last step of the named trial's run.
func (c *Case) Last(trial string) transcript.Step { return c.Runs[trial].Last() }

// Landing reads where the last step of the named trial's run came to rest.
func (c *Case) Landing(trial string) oracle.Landing {
	return c.Model.Land(c.Last(trial))
}

// Level is the force of the requirement.
type Level int

// Levels.
const (
	Must   Level = iota // a rule binds the party: a violation fails
	Should              // advice, or a default worth changing: a violation warns
	Info                // a fact worth knowing: never fails
)

func (l Level) String() string { return [...]string{"must", "should", "info"}[l] }

// Reach says who could make use of a violation: the report shows what an
// outsider can do before what takes the trusted key.
type Reach int

// Reaches.
const (
	NoReach   Reach = iota // nobody gains by it: a fact, a default, a nuisance
	KeyHolder              // takes the trusted identity provider's key: a rule of the protocol is broken
	Outsider               // a way in for somebody with one genuine response of his own, or with none
)

func (r Reach) String() string { return [...]string{"", "key-holder", "outsider"}[r] }

// Outcome is what the report says of one check.
type Outcome string

// Outcomes.
const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Warn         Outcome = "warn"
	Note         Outcome = "info"
	Inconclusive Outcome = "inconclusive"
	Skipped      Outcome = "skipped"
)

// Answer is what was seen, before the check's level weighs it.
type Answer string

// Answers.
const (
	AnswerHolds         Answer = "holds"
	AnswerViolated      Answer = "violated"
	AnswerUndecided     Answer = "undecided"
	AnswerNotApplicable Answer = "not-applicable"
)

// A Finding is one line of the report.
type Finding struct {
	Check    string           `json:"check"`
	Title    string           `json:"title"`
	Level    string           `json:"level"`
	Reach    string           `json:"reach,omitempty"` // who could make use of it: outsider, key-holder
	Outcome  Outcome          `json:"outcome"`
	Answer   Answer           `json:"answer,omitempty"` // an info says nothing of which it was
	Because  string           `json:"because"`
	Cites    []string         `json:"cites"`
	Remedy   string           `json:"remedy,omitempty"` // only on a bad outcome
	Evidence []transcript.Ref `json:"evidence,omitempty"`
}
