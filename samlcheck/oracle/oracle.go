// Package oracle reads observations and says where a login came to rest: who
// is signed in, learned from the controls and from nothing else.
//
// It is pure. No rule in it knows any one application, and it holds no list of
// error phrases in any language: the same service provider, the same moment,
// logins that differ in one thing, and the same pages revisited by everyone are
// compared. See docs/lifecycle.md for the reasons of each rule.
package oracle

import "example.com/samepage/samlcheck/transcript"

// Landing is a verdict on one login, with the sentence that it rests on. A
// landing without a sentence is never given.
type Landing struct {
	Where   transcript.Landing `json:"landing"`
	As      string             `json:"as,omitempty"` // ref of the one person of this run whose name the pages show; "" when none or several
	Because string             `json:"because"`
	Weak    string             `json:"weak,omitempty"`    // why it is not to be relied on; "" when it is
	Novel   []string           `json:"novel,omitempty"`   // text that no known login ever showed, quoted
	Crashed bool               `json:"crashed,omitempty"` // the ACS answered 5xx or cut the connection
}

// JIT is the verdict on just-in-time provisioning, as report.json carries it.
type JIT struct {
	Verdict    Verdict    `json:"verdict"`
	Confidence Confidence `json:"confidence"`
	Leaning    Verdict    `json:"leaning,omitempty"` // with undecided: what the weak evidence points to
	Because    string     `json:"because"`           // one sentence, then the landings' sentences
	Settle     string     `json:"settle,omitempty"`  // what would settle what is open
	Sent       Sent       `json:"sent"`
	Accounts   []string   `json:"accounts"`           // addresses that may have an account now because of this run
	Findings   []string   `json:"findings,omitempty"` // what was noticed on the way: a blind view, an ignored audience, plain attributes not enough
}

// Sent is what the newcomers' assertions carried.
type Sent struct {
	Rich  []string `json:"rich"`
	Plain []string `json:"plain"`
}

// Verdict is the answer to: does a first login create the account?
type Verdict string

// Verdicts; docs/lifecycle.md has the table.
const (
	Created            Verdict = "created"
	CreatedWaiting     Verdict = "created-waiting"
	CreatedNotAdmitted Verdict = "created-not-admitted"
	CreatedUnseen      Verdict = "created-unseen"
	Admitted           Verdict = "admitted"
	Unlisted           Verdict = "unlisted"
	VerdictAccepted    Verdict = "accepted"
	NotAdmitted        Verdict = "not-admitted"
	Asks               Verdict = "asks"
	Shut               Verdict = "shut"
	NotProvisioned     Verdict = "not-provisioned"
	Late               Verdict = "late"
	VerdictUndecided   Verdict = "undecided"
	Void               Verdict = "void"
)

// Confidence says how sure a verdict is.
type Confidence string

// Confidences.
const (
	Confirmed Confidence = "confirmed" // the members view agrees
	Observed  Confidence = "observed"  // seen from outside only
	Leaning   Confidence = "leaning"   // weak: never printed as the verdict
)

// Model is what the controls of one run taught. Make it with Learn.
type Model struct {
	record transcript.Record
}

// Learn compares the good logins of the known member with the anchors of one
// face's run. It never fails: a model that learned nothing reads every login
// by the blind rules and says so.
func Learn(rec transcript.Record) *Model { return &Model{record: rec} }

// Land reads one step, which may be one of the record or not.
func (m *Model) Land(s transcript.Step) Landing { return Landing{Where: transcript.Unreadable} }

// KnownIn says whether the known member is proven to be in, and why or why not.
func (m *Model) KnownIn() (bool, string) { return false, "" }

// JIT gives the verdict of the JIT experiment (package checks/provisioning
// declares its trials). Runs that the record lacks make it undecided.
func (m *Model) JIT() JIT { return JIT{Verdict: VerdictUndecided} }
