package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// IndexSchema names the version of index.json.
const IndexSchema = "samlcheck.index/v1"

// exitUsage is the command's own code for a target that could not be run.
const exitUsage = 2

// Index is index.json: what came of several targets, one entry for each. It
// holds no judgement that the targets' own reports do not.
type Index struct {
	Schema   string    `json:"schema"`
	Started  time.Time `json:"started"`         // of the first run
	Finished time.Time `json:"finished"`        // of the last
	Notes    []string  `json:"notes,omitempty"` // what makes the entries hard to compare
	Entries  []Entry   `json:"entries"`         // by target, then by the moment of the run
	Summary  Summary   `json:"summary"`         // of all; its exit is the worst
}

// Entry is one target of an Index.
type Entry struct {
	Target   Target      `json:"target"`
	File     string      `json:"file,omitempty"`   // the target file; empty where only the bundle is known
	Bundle   string      `json:"bundle,omitempty"` // the folder of its bundle, with slashes; empty where there is none
	Tool     Tool        `json:"tool"`
	Started  time.Time   `json:"started"`
	Finished time.Time   `json:"finished"`
	Cut      string      `json:"cut,omitempty"`   // why its run stopped early
	Error    string      `json:"error,omitempty"` // why there is no report; empty where there is one
	Faces    []EntryFace `json:"faces"`
	Bad      []Bad       `json:"bad"` // failures that nobody accepted, and what is undecided
	Summary  Summary     `json:"summary"`
}

// EntryFace is the first question's answer as one face saw it.
type EntryFace struct {
	Face string `json:"face"`
	JIT  string `json:"jit,omitempty"` // the verdict; empty when it was not asked
}

// Bad is a finding that somebody has to look at.
type Bad struct {
	Face    string            `json:"face"`
	Check   string            `json:"check"` // its id, "jit", or "expect/<id>" for an expectation that was not met
	Outcome samlcheck.Outcome `json:"outcome"`
	Because string            `json:"because"`
}

// EntryOf is a report's line in an Index. bundle is where its evidence lies.
func EntryOf(r *Report, bundle string) Entry {
	e := Entry{
		Target: r.Target, Bundle: bundle, Tool: r.Tool, Started: r.Started, Finished: r.Finished, Cut: r.Cut,
		Summary: r.Summary, Faces: []EntryFace{}, Bad: []Bad{},
	}
	for _, f := range r.Faces {
		ef := EntryFace{Face: f.Face}
		if f.JIT != nil {
			ef.JIT = string(Verdict(*f.JIT))
			e.Bad = append(e.Bad, r.badJIT(f)...)
		}
		e.Faces = append(e.Faces, ef)
		for _, x := range f.Findings {
			if x.Outcome == samlcheck.Inconclusive || x.Outcome == samlcheck.Fail && r.accepted(f.Face, x) == "" {
				e.Bad = append(e.Bad, Bad{f.Face, x.Check, x.Outcome, brief(x.Because)})
			}
		}
	}
	for _, x := range r.Unmet() {
		e.Bad = append(e.Bad, Bad{x.Face, "expect/" + x.ID, samlcheck.Fail, unmet(x)})
	}
	return e
}

// badJIT is the first question's answer where it is none, or an alarm.
func (r *Report) badJIT(f Face) []Bad {
	switch v := Verdict(*f.JIT); {
	case v == oracle.VerdictUndecided:
		return []Bad{{f.Face, "jit", samlcheck.Inconclusive, string(v) + ": " + Says(v)}}
	case v == oracle.Void && !r.expected(f.Face, "jit"):
		return []Bad{{f.Face, "jit", samlcheck.Fail, string(v) + ": " + Says(v)}}
	}
	return nil
}

// Unrun is the line of a target that could not be run.
func Unrun(name, file string, why error) Entry {
	return Entry{
		Target: Target{Name: name, Hosts: []string{}}, File: file, Error: why.Error(), Faces: []EntryFace{}, Bad: []Bad{},
		Summary: Summary{Exit: exitUsage},
	}
}

// IndexOf puts entries in order and adds up. No entries are no success.
func IndexOf(entries []Entry) *Index {
	x := &Index{Schema: IndexSchema, Entries: slices.Clone(entries)}
	slices.SortStableFunc(x.Entries, func(a, b Entry) int {
		if c := strings.Compare(a.Target.Name, b.Target.Name); c != 0 {
			return c
		}
		return a.Started.Compare(b.Started)
	})
	x.Summary.Exit = ExitUndecided
	if len(x.Entries) > 0 {
		x.Summary.Exit = ExitGood
	}
	tools := map[string]bool{}
	for _, e := range x.Entries {
		x.Summary.plus(e.Summary)
		x.Summary.Exit = Worse(x.Summary.Exit, e.Summary.Exit)
		if e.Error != "" {
			continue
		}
		tools[e.Tool.Version+" "+e.Tool.Catalogue] = true
		if x.Started.IsZero() || e.Started.Before(x.Started) {
			x.Started = e.Started
		}
		if e.Finished.After(x.Finished) {
			x.Finished = e.Finished
		}
	}
	if len(tools) > 1 {
		x.Notes = append(x.Notes, fmt.Sprintf("The runs were made by %d different versions of the tool or of its checks: their numbers do not compare.", len(tools)))
	}
	return x
}

func (s *Summary) plus(o Summary) {
	s.Pass += o.Pass
	s.Fail += o.Fail
	s.Warn += o.Warn
	s.Info += o.Info
	s.Inconclusive += o.Inconclusive
	s.Skipped += o.Skipped
}

// Worse is the worse of two exit codes: good, undecided, failed, and what is no
// judgement at all (usage, unreachable, interrupted), in this order.
func Worse(a, b int) int {
	rank := func(code int) int {
		if i := slices.Index([]int{ExitGood, ExitUndecided, ExitFailed}, code); i >= 0 {
			return i
		}
		return 2 + code
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// ReadIndex reads index.json.
func ReadIndex(rd io.Reader) (*Index, error) {
	var x Index
	if err := json.NewDecoder(rd).Decode(&x); err != nil {
		return nil, fmt.Errorf("report: not an index.json: %w", err)
	}
	if x.Schema != IndexSchema {
		return nil, fmt.Errorf("report: schema %q; this version reads %q", x.Schema, IndexSchema)
	}
	return &x, nil
}
