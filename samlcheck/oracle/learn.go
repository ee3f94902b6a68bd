package oracle

import (
	"reflect"
	"slices"

	"example.com/samepage/samlcheck/transcript"
)

// Model is what the controls of one run taught. Make it with Learn.
type Model struct {
	record transcript.Record
	rules  rules
	all    *folder
	runs   map[string]transcript.Run // first performances, by trial
	looked map[string]*seen          // their last steps

	goods     []*seen // the known member's logins
	strangers []*seen
	anchors   []*seen // strangers and the denied login: they cannot be in
	bads      []*seen // anchors, and the spoilt logins that did not get in

	pages  map[string]*page
	names  []string // of pages, in order
	marks  marks
	known  set // blocks of every page that a known login showed
	bad    set // blocks of every page that a bad side visited
	public set // blocks of every page that a stranger visited
	noisy  bool

	proven bool
	why    string

	void     string // the trial whose forged login got in
	perhaps  string // the trial whose forged login may have got in
	dropped  bool   // wrong audience got in
	findings []string
}

func learn(rec transcript.Record, r rules) *Model {
	m := &Model{
		record: rec, rules: r, all: neutral(rec.People),
		runs: map[string]transcript.Run{}, looked: map[string]*seen{},
	}
	var spoilt []*seen
	of := map[*seen]transcript.Run{}
	runs := slices.Clone(rec.Runs)
	slices.SortStableFunc(runs, func(a, b transcript.Run) int { return a.Seq - b.Seq })
	for _, run := range runs {
		if _, twice := m.runs[run.Trial]; twice || run.Again > 0 || len(run.Steps) == 0 {
			continue
		}
		m.runs[run.Trial] = run
		o := look(run.Last(), rec.People, m.all)
		m.looked[run.Trial] = o
		if o.step.Fault != "" {
			continue
		}
		of[o] = run
		switch run.Part {
		case PartKnown:
			if run.Trial != TrialKnown3 {
				m.goods = append(m.goods, o)
			}
		case PartStranger:
			m.strangers = append(m.strangers, o)
			m.anchors = append(m.anchors, o)
		case PartDenied:
			m.anchors = append(m.anchors, o)
		case PartSpoiltKey, PartSpoiltAudience:
			spoilt = append(spoilt, o)
		}
	}
	m.study(m.anchors)
	kept := slices.Clone(m.anchors)
	for _, o := range spoilt {
		if m.keeps(of[o], o) {
			kept = append(kept, o)
		}
	}
	m.study(kept)
	return m
}

// keeps judges a spoilt login by what the anchors taught, and says whether it
// may serve as an example of being out.
func (m *Model) keeps(run transcript.Run, o *seen) bool {
	l := m.land(o)
	if l.Where != transcript.In {
		return true
	}
	if run.Part == PartSpoiltAudience {
		m.dropped = true
		m.findings = append(m.findings, "the wrong audience was accepted ("+run.Trial+": "+l.Because+"); it was dropped as a control")
		return false
	}
	if l.Weak != "" {
		m.perhaps = run.Trial
		return true
	}
	if m.void == "" {
		m.void = run.Trial
		m.findings = append(m.findings, "a login with a forged signature got in ("+run.Trial+": "+l.Because+")")
	}
	return false
}

// study learns every page from the known logins against the given bad sides.
func (m *Model) study(bads []*seen) {
	m.bads = bads
	m.pages, m.names = map[string]*page{}, nil
	m.known, m.bad, m.public = set{}, set{}, set{}
	for _, g := range m.goods {
		m.known.add(g.keys)
		m.known.add(g.rest.keys)
	}
	for _, b := range bads {
		m.bad.add(b.keys)
	}
	for _, s := range m.strangers {
		m.public.add(s.keys)
	}
	m.noisy = m.changesByItself()
	for _, n := range m.pageNames() {
		var gs, bs []view
		whole, stranger := true, false
		for _, g := range m.goods {
			v, ok := g.pages[n]
			whole = whole && ok
			gs = append(gs, v)
		}
		if !whole {
			continue
		}
		for _, b := range bads {
			if v, ok := b.pages[n]; ok && !v.unreadable {
				bs = append(bs, v)
				stranger = stranger || slices.Contains(m.strangers, b)
			}
		}
		m.names = append(m.names, n)
		m.pages[n] = newPage(n, gs, bs, stranger || !m.rules.complete && len(bs) > 0)
	}
	m.marks = newMarks(m.goods, bads)
	m.proven, m.why = m.proveKnown()
}

// seenOf makes a step comparable. A step of the record must be recognised as
// itself, or it would be compared with itself as with somebody else's.
func (m *Model) seenOf(s transcript.Step) *seen {
	for _, o := range m.looked {
		if same(o.step, s) {
			return o
		}
	}
	return look(s, m.record.People, m.all)
}

// same recognises a step: two steps of one record do not share all of these.
func same(a, b transcript.Step) bool {
	return a.Name == b.Name && a.Do == b.Do && a.Person == b.Person && a.Began.Equal(b.Began) && a.Took == b.Took &&
		reflect.DeepEqual(a.Login, b.Login) && reflect.DeepEqual(a.Visits, b.Visits)
}

func (m *Model) pageNames() []string {
	if len(m.goods) == 0 {
		return nil
	}
	return m.goods[0].common()
}

// telling lists the pages that discriminate.
func (m *Model) telling() []*page {
	var out []*page
	for _, n := range m.names {
		if m.pages[n].tells {
			out = append(out, m.pages[n])
		}
	}
	return out
}

// changesByItself says whether strangers see other texts at the same place
// from one look to the next: then a new block is no evidence by itself.
func (m *Model) changesByItself() bool {
	at := map[string]view{}
	for _, s := range m.strangers {
		for n, v := range s.pages {
			if v.unreadable {
				continue
			}
			key := s.starts[n]
			was, ok := at[key]
			if ok && was.hard == v.hard && (len(was.keys.minus(v.keys)) > 0 || len(v.keys.minus(was.keys)) > 0) {
				return true
			}
			at[key] = v
		}
	}
	return false
}
