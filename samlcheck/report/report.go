// Package report is what a run says in the end: one value, and the forms in
// which it is written - text for a terminal, JSON and JUnit for machines,
// Markdown for a ticket, HTML to hand to a customer.
//
// All forms are pure functions of the one [Report], which is report.json. A
// form may leave out; it never adds a judgement. What was asked, what the
// answer is, how sure it is and what to do come first, and every form says
// whether the stand-in or a live target was tested.
//
// It refuses to round up: undecided is printed as undecided, a leaning never as
// the verdict, and nothing judged is not success.
package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// Schema names the version of report.json.
const Schema = "samlcheck.report/v1"

// Kinds of target.
const (
	StandIn    = "stand-in"    // the stand-in that comes with samlcheck
	LiveTarget = "live target" // somebody's real service provider
)

// Exit codes of a judged run. 2 (usage, unreachable) and 130 (interrupted) are
// the command's own.
const (
	ExitGood      = 0 // judged, and nothing failed
	ExitFailed    = 1 // something failed, or an expectation was not met
	ExitUndecided = 3 // the JIT question is undecided, or nothing was judged
)

// Report is report.json.
type Report struct {
	Schema   string        `json:"schema"`
	Tool     Tool          `json:"tool"`
	Target   Target        `json:"target"`
	Started  time.Time     `json:"started"`
	Finished time.Time     `json:"finished"`
	Cut      string        `json:"cut,omitempty"` // why the run stopped early; empty when it was complete
	Faces    []Face        `json:"faces"`
	Expect   []Expectation `json:"expect,omitempty"`   // what the target file asks for, and what came
	Narrowed bool          `json:"narrowed,omitempty"` // only some checks were selected
	Summary  Summary       `json:"summary"`
	Again    string        `json:"again,omitempty"` // the command that repeats the run
}

// Tool says what judged.
type Tool struct {
	Name      string `json:"name"`
	Version   string `json:"version"`
	Catalogue string `json:"catalogue,omitempty"` // digest of the checks' ids and texts
}

// Target says what was tested.
type Target struct {
	Name     string   `json:"name"`
	EntityID string   `json:"sp_entity_id"`
	Kind     string   `json:"kind"` // StandIn or LiveTarget; "" where it was never reached
	Hosts    []string `json:"hosts"`
}

// Tested is the kind in words.
func (t Target) Tested() string { return cmp.Or(t.Kind, "not reached") }

// Face is what was seen through one face of the mock IdP.
type Face struct {
	Face      string              `json:"face"`
	Run       string              `json:"run,omitempty"`     // the id that the fresh people carry
	Browser   string              `json:"browser,omitempty"` // "plain"
	Cut       string              `json:"cut,omitempty"`     // why this face's run stopped early
	JIT       *oracle.JIT         `json:"jit,omitempty"`     // nil when it was not asked
	Landings  []Landing           `json:"landings"`
	Findings  []samlcheck.Finding `json:"findings"`
	Diagnosis []Diagnosis         `json:"diagnosis"`
	Scenes    []Scene             `json:"scenes,omitempty"`   // logins with their messages: the deciding ones, and those of bad findings
	Accounts  []Account           `json:"accounts,omitempty"` // who may have an account because of this run, and what became of it
}

// Landing is where one step came to rest, with its sentence.
type Landing struct {
	Run     string    `json:"run"` // "okta/007"
	Trial   string    `json:"trial"`
	Step    string    `json:"step"`
	Do      string    `json:"do"` // the action in words
	Person  string    `json:"person,omitempty"`
	Began   time.Time `json:"began"`
	Took    int64     `json:"took_ms"`
	Landing string    `json:"landing"` // in, out, form, session, accepted, mixed, unreadable; "" for a step without pages
	As      string    `json:"as,omitempty"`
	Because string    `json:"because"`
	Weak    string    `json:"weak,omitempty"`
	Status  int       `json:"status,omitempty"` // of the page where it came to rest
	At      string    `json:"at,omitempty"`     // its URL
	Asked   string    `json:"asked,omitempty"`  // "HTTP-Redirect": the SP sent an AuthnRequest
	Sent    string    `json:"sent,omitempty"`   // "response signed: both": what the IdP posted
	IDs     []string  `json:"request_ids,omitempty"`
}

// Diagnosis names the cause behind findings, and whose side it is on.
type Diagnosis struct {
	ID      string   `json:"id"` // the row of docs/diagnosis.md: "D14"; a vendor's code where there is no row
	Cause   string   `json:"cause"`
	Blames  string   `json:"blames"`
	Remedy  string   `json:"remedy"`
	RestsOn []string `json:"rests_on"` // check ids and run ids
}

// Expectation is one line of the target file's expect, for one face.
type Expectation struct {
	Face string   `json:"face"`
	ID   string   `json:"id"` // "jit" or a check id
	Want []string `json:"want"`
	Got  string   `json:"got"` // "" when it was not asked
	Met  bool     `json:"met"`

	Because string `json:"because,omitempty"` // why it is accepted
	Until   string `json:"until,omitempty"`   // the last day on which it is, YYYY-MM-DD
	Expired bool   `json:"expired,omitempty"` // that day was over when the report was finished
}

// Summary counts the findings of all faces.
type Summary struct {
	Pass         int `json:"pass"`
	Fail         int `json:"fail"`
	Warn         int `json:"warn"`
	Info         int `json:"info"`
	Inconclusive int `json:"inconclusive"`
	Skipped      int `json:"skipped"`
	Exit         int `json:"exit"`
}

// WriteJSON writes report.json.
func WriteJSON(w io.Writer, r *Report) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// ReadJSON reads report.json.
func ReadJSON(rd io.Reader) (*Report, error) {
	var r Report
	if err := json.NewDecoder(rd).Decode(&r); err != nil {
		return nil, fmt.Errorf("report: not a report.json: %w", err)
	}
	if r.Schema != Schema {
		return nil, fmt.Errorf("report: schema %q; this version reads %q", r.Schema, Schema)
	}
	return &r, nil
}
