package oracle

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// proveKnown says whether the known member is proven to be in. Only then can
// anybody be said to be admitted.
func (m *Model) proveKnown() (bool, string) {
	if len(m.goods) == 0 {
		return false, "no login of a known member stands in this run"
	}
	sees := m.knownSees()
	if m.rules.complete && (len(m.strangers) == 0 || len(m.anchors) == len(m.strangers)) {
		return false, "a control is missing: a stranger's look and a login denied by the IdP are needed to compare with"
	}
	not := func(why string) (bool, string) {
		return false, "the known member is not proven to get in (not linked, locked, or SSO broken): " + why + "; he sees " + sees
	}
	pages := m.telling()
	switch why := m.illegible(m.goods[0]); {
	case why != "":
		return not(why)
	case len(pages) == 0 && !m.marks.any():
		return not("nothing tells his logins from a stranger's or a denied one's")
	case len(pages) == 0:
		return m.proveByMarks(not, sees)
	}
	if why := m.shutOut(pages); why != "" {
		return not(why)
	}
	if m.merelyForm(pages) {
		return not(pages[0].name + " is merely a form to fill in")
	}
	return true, "the known member is in; he sees " + sees
}

// shutOut says which of the pages that tell something shows the known member that
// he is not in; "" when none does.
func (m *Model) shutOut(pages []*page) string {
	for _, p := range pages {
		if p.status >= 400 {
			return fmt.Sprintf("%s: %s", p.name, p.hard)
		}
		if p.said != "" && (p.said != transcript.ShowsSignedIn || p.stray) {
			return p.name + ": " + p.hard
		}
		for _, g := range m.goods {
			if d := m.door(g.pages[p.name], p.name); d != "" {
				return p.name + " still offers him the door that a stranger is offered (" + d + ")"
			}
		}
	}
	return ""
}

func (m *Model) proveByMarks(not func(string) (bool, string), sees string) (bool, string) {
	for _, g := range m.goods {
		if g.rest.status >= 400 {
			return not("his login comes to rest at " + g.rest.hard)
		}
		if len(m.marks.tokens) > 0 {
			continue
		}
		for _, n := range m.names {
			if d := m.door(g.pages[n], n); d != "" {
				return not(n + " offers the door (" + d + ") to him and to strangers, and only cookies tell them apart")
			}
		}
	}
	return true, "the known member is in, as far as cookies and tokens tell; he sees " + sees
}

// merelyForm says that all the known member has is one page with a form that
// strangers do not see and no way on, wherever he goes: a profile to complete, or
// the code that a second factor asks everybody for.
func (m *Model) merelyForm(pages []*page) bool {
	if slices.ContainsFunc(pages, func(p *page) bool { return p.hard != pages[0].hard }) {
		return false
	}
	public := m.publicWays()
	return !slices.ContainsFunc(m.goods, func(g *seen) bool {
		v := g.pages[pages[0].name]
		forms := v.forms
		for _, s := range m.strangers {
			for _, p := range s.pages {
				forms = forms.minus(p.forms)
			}
		}
		return len(forms) == 0 || len(v.ways.minus(public)) >= m.rules.waysKnown
	})
}

// perhapsGate says that nothing which the known member sees tells an application
// from a page that turns him away: a few words that strangers are not shown, where
// nobody is named and nothing leads on. Somebody who is shown the same is like him then, and perhaps not in.
func (m *Model) perhapsGate() bool {
	pages := m.telling()
	if !m.proven || len(pages) == 0 || len(m.marks.tokens) > 0 {
		return false
	}
	public, private := m.publicWays(), false
	for _, p := range pages {
		if p.proves() || p.said != "" || len(p.words) > shellWords {
			return false
		}
		for _, g := range m.goods {
			v := g.pages[p.name]
			if len(v.forms) > 0 || len(v.ways.minus(public)) >= m.rules.waysKnown || m.namesKnown(v) {
				return false
			}
			private = private || len(v.unseen(m.public)) > 0
		}
	}
	return private
}

// namesKnown says whether a page of the known member calls him by a name.
func (m *Model) namesKnown(v view) bool {
	return slices.ContainsFunc(v.blocks, func(b string) bool {
		return slices.ContainsFunc(split(b), func(w string) bool { return isPerson(w) || m.aliases[strings.ToLower(w)] })
	})
}

// knownSees quotes what the known member is shown, so that a reader can see
// whether it is a gate.
func (m *Model) knownSees() string {
	g := m.goods[0]
	v := g.rest
	if own, ok := g.pages[visitHome]; ok && len(own.blocks) > 0 && m.pages[visitHome] != nil && m.pages[visitHome].tells {
		v = own
	}
	if len(v.blocks) == 0 {
		return v.hard + ", without text"
	}
	mine := v.unseen(m.public)
	if len(mine) == 0 {
		mine = v.blocks
	}
	return v.hard + " " + quote(mine)
}
