package oracle

import (
	"slices"
)

// A proof page is one that the target names (session.proof), with what it says
// to whoever is signed in. It is learned and judged like any other page, and
// what the target says of it is one condition more, never one less: an echo of
// an address in a refusal must not let anybody in.
//
// It counts as proof only where it says yes to every known login and to nobody
// who cannot be in. Otherwise it is refused as proof, and that is said.

// refusedProof says why the proof page proves nothing; "" where it does, or
// where the target does not say what it must show.
func (m *Model) refusedProof() string {
	says := func(o *seen) (yes, asked bool) {
		v, ok := o.pages[visitProof]
		if !ok || v.proved == nil || v.unreadable {
			return false, false
		}
		return *v.proved, true
	}
	for _, b := range m.anchors {
		if yes, asked := says(b); asked && yes {
			return "it says yes to somebody who cannot be in (" + m.trialOf(b) + ")"
		}
	}
	for _, g := range m.goods {
		if yes, asked := says(g); asked && !yes {
			return "it does not say yes to the known member (" + m.trialOf(g) + ")"
		}
	}
	return ""
}

// noticeProof tells the reader that the proof page is none.
func (m *Model) noticeProof() {
	if why := m.refusedProof(); why != "" {
		m.findings = append(m.findings, "session.proof was refused as proof: "+why+"; it is compared like any other page")
	}
}

// proves says that the page is the proof page, and that it may be relied on.
func (p *page) proves() bool { return p.name == visitProof && !p.refused }

// denies says that the proof page does not say yes to whoever looks.
func (p *page) denies(v view) bool { return p.proves() && v.proved != nil && !*v.proved }

// trialOf is the trial of a step that was learned from.
func (m *Model) trialOf(o *seen) string {
	var names []string
	for t, x := range m.looked {
		if x == o {
			names = append(names, t)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return "a login"
	}
	return names[0]
}
