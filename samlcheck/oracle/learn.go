package oracle

import (
	"reflect"
	"slices"

	"example.com/samepage/samlcheck/transcript"
)

// Model is what the controls of one run taught. Make it with Learn.
type Model struct {
	record  transcript.Record
	rules   rules
	all     *folder
	folders map[string]*folder        // by person ref
	runs    map[string]transcript.Run // first performances, by trial
	looked  map[string]*seen          // their last steps

	goods     []*seen // the known member's logins
	strangers []*seen
	anchors   []*seen // strangers and the denied login: they cannot be in
	spoilt    []transcript.Run
	bads      []*seen // anchors, and the spoilt logins that did not get in

	pages   map[string]*page
	names   []string // of pages, in order
	marks   marks
	known   set    // blocks of every page that a known login showed
	bad     set    // blocks of every page that a bad side visited
	public  set    // blocks of every page that a stranger visited
	told    []told // the known logins' texts, in words
	aliases set    // words that the known member's name may consist of, beyond what the target file gives
	noise   set    // blocks that one look of the known member shows and another, of the same page, does not
	noisy   bool

	proven bool
	why    string

	void     string // the trial whose forged login got in
	perhaps  string // the trial of a spoilt login of which it is not clear whether it got in
	dropped  bool   // wrong audience got in
	findings []string
}

func learn(rec transcript.Record, r rules) *Model {
	m := gather(rec)
	m.rules = r
	m.teach()
	return m
}

// gather makes the first performance of every trial comparable. Controls that
// were performed again are judged, never learned from.
func gather(rec transcript.Record) *Model {
	m := &Model{
		record: rec, all: neutral(rec.People), folders: map[string]*folder{},
		runs: map[string]transcript.Run{}, looked: map[string]*seen{},
	}
	for _, run := range rec.Runs {
		if ref := run.Last().Person; m.folders[ref] == nil {
			m.folders[ref] = newFolder(rec.People, ref)
		}
	}
	runs := slices.Clone(rec.Runs)
	slices.SortStableFunc(runs, func(a, b transcript.Run) int { return a.Seq - b.Seq })
	for _, run := range runs {
		if _, twice := m.runs[run.Trial]; twice || run.Again > 0 || len(run.Steps) == 0 {
			continue
		}
		m.runs[run.Trial] = run
		o := look(run.Last(), m.folders[run.Last().Person], m.all)
		m.looked[run.Trial] = o
		if o.step.Fault == "" {
			m.cast(run, o)
		}
	}
	return m
}

// cast says what may be learned from the run.
func (m *Model) cast(run transcript.Run, o *seen) {
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
		m.spoilt = append(m.spoilt, run)
	}
}

// teach learns from the anchors, judges the spoilt logins by that, and learns
// again with those that did not get in.
func (m *Model) teach() {
	m.study(m.anchors)
	kept := slices.Clone(m.anchors)
	for _, run := range m.spoilt {
		if o := m.looked[run.Trial]; m.keeps(run, o) {
			kept = append(kept, o)
		}
	}
	m.study(kept)
	m.noticeProof()
}

// keeps judges a spoilt login by what the anchors taught, and says whether it
// may serve as an example of being out. One that is in by the anchors' measure,
// and yet lacks what all known logins have, is neither: the anchors may be too
// few to tell, so nothing is built on it.
func (m *Model) keeps(run transcript.Run, o *seen) bool {
	l := m.land(o)
	if l.Where != transcript.In {
		return true
	}
	unclear := l.Weak != ""
	if !unclear {
		m.study(append(slices.Clone(m.anchors), o))
		unclear = m.proven
		m.study(m.anchors)
	}
	switch {
	case run.Part == PartSpoiltAudience && !unclear:
		m.dropped = true
		m.findings = append(m.findings, "the wrong audience was accepted ("+run.Trial+": "+l.Because+"); it was dropped as a control")
		return false
	case unclear:
		if m.perhaps == "" || run.Part == PartSpoiltKey {
			m.perhaps = run.Trial
		}
		return true
	}
	if m.void == "" {
		m.void = run.Trial
		m.findings = append(m.findings, "a login with a forged signature got in ("+run.Trial+")")
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
	m.listen()
	m.noisy, m.noise = m.changesByItself(), set{}
	words := set{}
	for _, g := range m.goods {
		for _, v := range g.pages {
			words.add(v.words)
		}
	}
	for _, n := range m.pageNames() {
		m.studyPage(n, words)
	}
	m.marks = newMarks(m.goods, bads)
	m.proven, m.why = m.proveKnown()
}

func (m *Model) studyPage(n string, words set) {
	var gs, bs []view
	stranger := false
	for _, g := range m.goods {
		vs := g.looks(n)
		if len(vs) == 0 {
			return // not everybody of the known logins was there
		}
		gs = append(gs, vs...)
	}
	for _, b := range m.bads {
		for _, v := range b.looks(n) {
			if !v.unreadable {
				bs = append(bs, v)
				stranger = stranger || slices.Contains(m.strangers, b)
			}
		}
	}
	p := newPage(n, gs, bs, stranger || !m.rules.complete && len(bs) > 0, words)
	p.refused = n == visitProof && m.refusedProof() != ""
	m.names = append(m.names, n)
	m.pages[n] = p
	for _, g := range gs {
		m.noise.add(p.known.minus(g.keys))
	}
}

// seenOf makes a step comparable. A step of the record must be recognised as
// itself, or it would be compared with itself as with somebody else's.
func (m *Model) seenOf(s transcript.Step) *seen {
	for _, o := range m.looked {
		if same(o.step, s) {
			return o
		}
	}
	f := m.folders[s.Person]
	if f == nil {
		f = newFolder(m.record.People, s.Person)
	}
	return look(s, f, m.all)
}

// same recognises a step; the cheap comparisons come first.
func same(a, b transcript.Step) bool {
	return a.Took == b.Took && a.Do == b.Do && a.Person == b.Person && reflect.DeepEqual(a, b)
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
