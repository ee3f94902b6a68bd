// Package oracle reads observations and says where a login came to rest: who
// is signed in, learned from the controls and from nothing else.
//
// It is pure. No rule in it knows any one application, and it holds no list of
// error phrases in any language: the same service provider, the same moment,
// logins that differ in one thing, and the same pages revisited by everyone are
// compared. See docs/lifecycle.md for the reasons of each rule.
//
// A record is learned from in this order. Every step becomes a [seen]: its
// pages, folded, so that two people's can be compared (fold.go, view.go). The
// known member's logins against the anchors - a stranger, and a login that the
// IdP denied - teach which pages tell anything (page.go, learn.go). The spoilt
// logins are judged by that, and those that did not get in join the anchors.
// Then every other step can be landed (land.go, private.go), if the known
// member is proven to be in (known.go); else blind rules hold (blind.go). The
// verdict on provisioning is drawn from the landings and the members view
// (jit.go, table.go).
//
// What it refuses to do: to read a status code, a cookie or a phrase as
// success or refusal by itself, and to guess where a control is missing.
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
	Needs      []string   `json:"needs,omitempty"`   // groups of attributes without which a newcomer does not get in, where the run found out
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

// Learn compares the good logins of the known member with the anchors of one
// face's run. It never fails: a model that learned nothing reads every login
// by the blind rules and says so. The model is never changed afterwards and may be
// read from several goroutines.
func Learn(rec transcript.Record) *Model { return learn(rec, house()) }

// Land reads one step, which may be one of the record or not.
func (m *Model) Land(s transcript.Step) Landing { return m.land(m.seenOf(s)) }

// KnownIn says whether the known member is proven to be in, and why or why not.
func (m *Model) KnownIn() (bool, string) { return m.proven, m.why }

// JIT gives the verdict of the JIT experiment (package checks/provisioning
// declares its trials). Runs that the record lacks make it undecided.
func (m *Model) JIT() JIT { return m.jit() }
