//go:build unix

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A face is the part of report.json that is read here. The types are this
// program's own: it is a user of the published shape, not of the packages.
type face struct {
	JIT *struct {
		Verdict string `json:"verdict"`
		Leaning string `json:"leaning"`
		Because string `json:"because"`
	} `json:"jit"`
	Landings []struct {
		Trial   string `json:"trial"`
		Landing string `json:"landing"`
		Asked   string `json:"asked"` // not empty when the SP sent an AuthnRequest
		Because string `json:"because"`
		Sent    string `json:"sent"` // "response, signed: both"
	} `json:"landings"`
	Findings []struct {
		Check   string `json:"check"`
		Outcome string `json:"outcome"`
	} `json:"findings"`
}

// A result is one job's outcome.
type result struct {
	job           job
	version       string
	with, without *face
	login         string  // yes, or where it landed
	trials        []trial // of signing options
	problems      []string
	took          time.Duration
	undecided     bool // some verdict is undecided and leans the right way
}

func (r result) good() bool { return len(r.problems) == 0 && r.with != nil && r.without != nil }

// right is the table's last word on the verdicts.
func (r result) right() string {
	switch {
	case !r.good():
		return "**no**"
	case r.undecided:
		return "undecided, leans right"
	}
	return "yes"
}

func (r *result) compare() {
	r.login = r.with.accepted()
	if r.login != "yes" {
		r.problems = append(r.problems, "the known member's login: "+r.login)
	}
	r.judge("with the view", r.with, r.job.sp.with)
	r.judge("without the view", r.without, r.job.sp.without)
	if r.job.sp.optioned() {
		r.compareOptions()
	}
	r.compareFlaws()
}

// compareFlaws looks for the flaw that this version is known for, or for its
// absence where the next version mended it.
func (r *result) compareFlaws() {
	for outcome, ids := range map[string][]string{"fail": r.job.sp.objects, "pass": r.job.sp.silent} {
		for _, id := range ids {
			if !slices.Contains(r.with.checks(outcome), id) {
				r.problems = append(r.problems, fmt.Sprintf("%s: not %q, which this version is known for", id, outcome))
			}
		}
	}
}

// judge compares one verdict. Undecided is an honest answer when what it leans
// to is right; anything else that differs is samlcheck's error.
func (r *result) judge(where string, f *face, want string) {
	switch {
	case f.JIT == nil:
		r.problems = append(r.problems, where+": no verdict")
	case f.JIT.Verdict == want:
	case f.JIT.Verdict == "undecided" && f.JIT.Leaning == want:
		r.undecided = true
	default:
		r.problems = append(r.problems, fmt.Sprintf("%s: %s, but %s is right (%s)", where, f.verdict(), want, f.JIT.Because))
	}
}

// accepted says whether the known member's SP-initiated login got in, every
// time that it was tried with the rich attributes. With the plain ones Okta
// sends none at all, and a page that lists them is another page.
func (f *face) accepted() string {
	seen := false
	for _, l := range f.Landings {
		if !strings.HasPrefix(l.Trial, "known-") || l.Trial == "known-plain" {
			continue
		}
		if l.Landing != "in" {
			return l.Landing
		}
		seen = seen || l.Asked != ""
	}
	if !seen {
		return "not tried"
	}
	return "yes"
}

func (f *face) verdict() string {
	switch {
	case f == nil || f.JIT == nil:
		return "none"
	case f.JIT.Leaning != "":
		return f.JIT.Verdict + " (" + f.JIT.Leaning + "?)"
	}
	return f.JIT.Verdict
}

func (f *face) count(outcome string) int { return len(f.checks(outcome)) }

// checks lists the ids with an outcome, in one order whatever the run's was.
func (f *face) checks(outcome string) []string {
	if f == nil {
		return nil
	}
	var ids []string
	for _, x := range f.Findings {
		if x.Outcome == outcome {
			ids = append(ids, x.Check)
		}
	}
	slices.Sort(ids)
	return ids
}

// line is what is said on the terminal when a job is done.
func (r result) line() string {
	head := fmt.Sprintf("%-26s %-6s", r.job.sp.name, r.job.face)
	if !r.good() {
		return head + "WRONG  " + strings.Join(r.problems, "; ")
	}
	return fmt.Sprintf("%sok     %s / %s, pass %d fail %d warn %d inconclusive %d, %s", head,
		r.with.verdict(), r.without.verdict(),
		r.with.count("pass"), r.with.count("fail"), r.with.count("warn"), r.with.count("inconclusive"), r.took.Round(time.Second))
}
