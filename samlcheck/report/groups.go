package report

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"example.com/samepage/samlcheck"
)

// A Group is what has one cause: the same check seen through several faces,
// findings that one diagnosis explains, findings alike in what was seen and in
// what follows from it.
type Group struct {
	Outcome samlcheck.Outcome // of the gravest of them
	WayIn   bool              // an outsider can make use of one of them
	Cause   string            // the diagnosis; "" where nobody made one
	Remedy  string
	Items   []Item // the gravest first; at least one
}

// An Item is one check of a group.
type Item struct {
	Finding  samlcheck.Finding // of the first of the faces
	Faces    []string          // "okta"
	Accepted string            // why it is no failure of this run; "" where it is one
}

// Groups gathers failures and warnings of all faces by cause, ways in for
// outsiders first, then failures, then warnings.
func Groups(r *Report) []Group {
	var out []Group
	at := map[string]int{}
	for _, x := range items(r) {
		cause, remedy := r.cause(x)
		key := x.key(cause, remedy)
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, Group{Outcome: x.Finding.Outcome, Cause: cause, Remedy: remedy})
		}
		out[i].Items = append(out[i].Items, x)
		out[i].WayIn = out[i].WayIn || wayIn(x.Finding)
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].WayIn != out[j].WayIn {
			return out[i].WayIn
		}
		if a, b := weight(out[i].Outcome), weight(out[j].Outcome); a != b {
			return a < b
		}
		return len(out[i].Items) > len(out[j].Items)
	})
	return out
}

// key is the same for what has one cause: one diagnosis, or one remedy, or the
// same seen with the same consequence. What may be seen in brackets is detail.
func (x Item) key(cause, remedy string) string {
	if cause != "" {
		return string(x.Finding.Outcome) + "\x00" + cause
	}
	seen := bracket.ReplaceAllString(brief(x.Finding.Because), "")
	return strings.Join([]string{string(x.Finding.Outcome), "", firstSentence(remedy), seen}, "\x00")
}

var bracket = regexp.MustCompile(`\s*\([^()]*\)`)

// items are the failures and warnings, each check once, the gravest first.
func items(r *Report) []Item {
	var out []Item
	for _, f := range r.Faces {
		for _, x := range f.Findings {
			if x.Outcome != samlcheck.Fail && x.Outcome != samlcheck.Warn {
				continue
			}
			i := slices.IndexFunc(out, func(o Item) bool {
				return o.Finding.Check == x.Check && o.Finding.Outcome == x.Outcome
			})
			if i < 0 {
				out = append(out, Item{Finding: x, Accepted: r.accepted(f.Face, x)})
				i = len(out) - 1
			}
			if !slices.Contains(out[i].Faces, f.Face) {
				out[i].Faces = append(out[i].Faces, f.Face)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return graver(out[i].Finding, out[j].Finding) })
	return out
}

// cause is the diagnosis that rests on a finding, and what to do about it.
func (r *Report) cause(x Item) (cause, remedy string) {
	for _, f := range r.Faces {
		if !slices.Contains(x.Faces, f.Face) {
			continue
		}
		for _, d := range f.Diagnosis {
			if slices.Contains(d.RestsOn, x.Finding.Check) {
				return d.Cause, d.Remedy
			}
		}
	}
	return "", x.Finding.Remedy
}

// names are the ids of a group's checks.
func (g Group) names() []string {
	var out []string
	for _, x := range g.Items {
		out = append(out, x.Finding.Check)
	}
	return out
}

// accepted says why none of the group is a failure of this run; "" where one is.
func (g Group) accepted() string {
	why := g.Items[0].Accepted
	for _, x := range g.Items {
		if x.Accepted == "" {
			return ""
		}
	}
	return why
}

// faces are those through which any of the group was seen.
func (g Group) faces() []string {
	var out []string
	for _, x := range g.Items {
		for _, f := range x.Faces {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// A reason is why so many questions stayed open.
type reason struct {
	Because string
	Checks  []string // one for each face that it stayed open on
}

// open are the reasons of what is undecided, the most frequent first.
func open(r *Report) []reason {
	var out []reason
	for _, f := range r.Faces {
		for _, x := range f.Findings {
			if x.Outcome != samlcheck.Inconclusive {
				continue
			}
			because := strings.TrimSpace(x.Because)
			i := slices.IndexFunc(out, func(o reason) bool { return o.Because == because })
			if i < 0 {
				out = append(out, reason{Because: because})
				i = len(out) - 1
			}
			out[i].Checks = append(out[i].Checks, x.Check)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].Checks) > len(out[j].Checks) })
	return out
}
