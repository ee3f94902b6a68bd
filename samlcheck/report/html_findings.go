package report

import (
	"slices"
	"sort"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
)

// topic gathers the findings of one part of the catalogue: "response".
type topic struct {
	Name string
	Rows []row
	Has  string // the classes of the outcomes in it, for the filter
	Sum  string // "3 fail, 40 pass"
}

// row is one check with what was seen of it through each face.
type row struct {
	Check, Title, Remedy string
	Outcome              samlcheck.Outcome // the gravest
	Bad                  bool              // it has a body to open
	WayIn                bool
	Cites                []string
	Seen                 []seen
}

// Headline is the row in one sentence.
func (r row) Headline() string {
	first := r.Seen[0]
	return headline(samlcheck.Finding{Title: r.Title, Outcome: first.Outcome, Because: first.Because})
}

// seen is what faces saw alike.
type seen struct {
	Faces    []string
	Outcome  samlcheck.Outcome
	Because  string
	Accepted string
	Evidence []transcript.Ref
	Scene    *sceneView // drawn here
	SceneAt  string     // or drawn elsewhere: its anchor
}

// shown is one outcome that the reader may show or hide.
type shown struct {
	Outcome samlcheck.Outcome
	Word    string
	N       int
	On      bool
}

// offered are the filters, with how many findings each has.
func offered(r *Report) []shown {
	s := r.Summary
	return []shown{
		{samlcheck.Fail, "fail", s.Fail, true}, {samlcheck.Warn, "warn", s.Warn, true}, {samlcheck.Inconclusive, "undecided", s.Inconclusive, s.Inconclusive <= manyOpen},
		{samlcheck.Note, "info", s.Info, false}, {samlcheck.Pass, "pass", s.Pass, false}, {samlcheck.Skipped, "skipped", s.Skipped, false},
	}
}

// manyOpen undecided findings have one cause in common, which is told above;
// they are not shown unless asked for.
const manyOpen = 40

// subjects are the findings of all faces by subject, those with ways in first,
// then those with failures; within one the gravest first.
func subjects(r *Report, book map[string]*sceneView) []topic {
	var rows []row
	at := map[string]int{}
	for _, f := range r.Faces {
		for _, x := range f.Findings {
			i, known := at[x.Check]
			if !known {
				i = len(rows)
				at[x.Check] = i
				rows = append(rows, row{Check: x.Check, Title: x.Title, Outcome: x.Outcome, Cites: x.Cites})
			}
			rows[i].add(f.Face, x, r.accepted(f.Face, x))
		}
	}
	for i := range rows {
		for k := range rows[i].Seen {
			rows[i].Seen[k].draw(book)
		}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		if a, b := weight(rows[i].Outcome), weight(rows[j].Outcome); a != b {
			return a < b
		}
		return rows[i].WayIn && !rows[j].WayIn
	})
	var out []topic
	for _, x := range rows {
		name, _, _ := strings.Cut(x.Check, "/")
		i := slices.IndexFunc(out, func(s topic) bool { return s.Name == name })
		if i < 0 {
			out = append(out, topic{Name: name})
			i = len(out) - 1
		}
		out[i].Rows = append(out[i].Rows, x)
	}
	for i := range out {
		out[i].sum()
	}
	return out
}

func (r *row) add(face string, x samlcheck.Finding, accepted string) {
	if weight(x.Outcome) < weight(r.Outcome) {
		r.Outcome = x.Outcome
	}
	r.Bad = r.Bad || weight(x.Outcome) < weight(samlcheck.Note)
	r.WayIn = r.WayIn || wayIn(x)
	if r.Remedy == "" {
		r.Remedy = x.Remedy
	}
	for i := range r.Seen {
		if s := &r.Seen[i]; s.Outcome == x.Outcome && brief(s.Because) == brief(x.Because) && s.Accepted == accepted {
			s.Faces = append(s.Faces, face)
			return
		}
	}
	r.Seen = append(r.Seen, seen{Faces: []string{face}, Outcome: x.Outcome, Because: x.Because, Accepted: accepted, Evidence: x.Evidence})
	sort.SliceStable(r.Seen, func(i, j int) bool { return weight(r.Seen[i].Outcome) < weight(r.Seen[j].Outcome) })
}

// draw gives a bad finding the login on which it rests, unless it is drawn
// already.
func (s *seen) draw(book map[string]*sceneView) {
	if !bad(s.Outcome) {
		return
	}
	for _, e := range s.Evidence {
		run, _, _ := strings.Cut(e.In, "#")
		v := book[run]
		if v == nil {
			continue
		}
		s.SceneAt = v.Anchor
		if !v.drawn {
			v.drawn = true
			s.Scene = v
		}
		return
	}
}

func (s *topic) sum() {
	n := map[samlcheck.Outcome]int{}
	for _, x := range s.Rows {
		n[x.Outcome]++
		if x.WayIn && !strings.Contains(s.Has, "has-way") {
			s.Has += " has-way"
		}
	}
	var parts []string
	for _, o := range []samlcheck.Outcome{samlcheck.Fail, samlcheck.Warn, samlcheck.Inconclusive, samlcheck.Note, samlcheck.Pass, samlcheck.Skipped} {
		if n[o] > 0 {
			parts = append(parts, counted(n[o], strings.ToLower(label(o)), strings.ToLower(label(o))))
			s.Has += " has-" + string(o)
		}
	}
	s.Sum = strings.Join(parts, ", ")
}
