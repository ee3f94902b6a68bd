package oracle

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// private says whether the page shows something that no stranger is shown at
// the same place. byBlock is weaker than another status or place: only a text
// on an otherwise public page. Where no stranger looked, nothing is private.
func (m *Model) private(o *seen, name string) (yes, byBlock, looked bool, fresh []string) {
	v, ok := o.pages[name]
	if name == visitOwn {
		v, ok = o.own()
	}
	if !ok || v.unreadable || v.hard == "the IdP" || v.said == transcript.ShowsLogin {
		return false, false, true, nil
	}
	there := m.strangersAt(o, name)
	if len(there) == 0 {
		return false, false, false, v.unseen(m.public, m.bad, m.noise)
	}
	fresh = v.unseen(m.public, m.bad, m.noise)
	for _, s := range there {
		if s.hard == v.hard {
			return len(fresh) > 0, true, true, fresh
		}
	}
	return true, false, true, fresh
}

// strangersAt lists what strangers saw at the address that the visit began at:
// the very same address where one of them did, else the same path.
func (m *Model) strangersAt(o *seen, name string) []view {
	start := o.starts[name]
	path, _, _ := strings.Cut(start, "?")
	var exact, near []view
	for _, s := range m.strangers {
		for n, v := range s.pages {
			if v.unreadable {
				continue
			}
			switch {
			case s.starts[n] == start:
				exact = append(exact, v)
			case strings.HasPrefix(s.starts[n], path+"?"):
				near = append(near, v)
			}
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return near
}

// beside reads a login that is not in: is there a page of its own, and does it
// refuse? Without evidence of refusal, another page is only another page.
func (m *Model) beside(l *Landing, o *seen) {
	if m.asks(l, o) {
		return
	}
	l.Where = transcript.Out
	pages := o.common()
	if len(m.telling()) == 0 {
		pages = append(pages, visitOwn) // no page tells anything, so its own is the best there is
	}
	for _, n := range pages {
		yes, byBlock, _, fresh := m.private(o, n)
		switch {
		case !yes || m.spoiltPrivate(n, byBlock, len(fresh)):
		case byBlock && m.noisy:
			if l.Where == transcript.Out {
				l.Weak = "the pages change by themselves, so a new text says little: " + quote(fresh)
			}
		default:
			if why := m.refuses(o, n); why != "" {
				l.Where, l.Weak = transcript.Session, ""
				l.Because += "; " + n + " is not a stranger's and refuses: " + why
				if byBlock {
					l.Weak = n + " is a stranger's page with a text of its own, which may be a remembered error: " + quote(fresh)
				}
				return
			}
			m.accept(l, o, n)
		}
	}
}

// accept notes a private page without a sign of refusal.
func (m *Model) accept(l *Landing, o *seen, name string) {
	if l.Where != transcript.Accepted {
		l.Where, l.Weak = transcript.Accepted, ""
		l.Because += "; " + name + " is not a stranger's, and shows no sign of refusal"
	}
	if name == visitOwn {
		l.Weak = "no page that everyone visits tells the known member from a stranger"
	}
	v := o.pages[name]
	if half := v.halfSaid(); half != "" {
		l.Weak = half
	}
	if p := m.pages[name]; p != nil && p.tells && v.hard == p.hard && p.judge(v, m.bad, m.rules) == other {
		l.Novel = m.novel(v, p, false)
		l.Weak = name + " is the known member's page without what he sees there: an empty one, or a gate"
	}
}

// asks finds a private page with a form to fill in that nobody else shows.
func (m *Model) asks(l *Landing, o *seen) bool {
	elsewhere := m.formsOfOthers(o)
	for _, n := range append([]string{visitOwn}, o.common()...) {
		v := o.pages[n]
		if n == visitOwn {
			v, _ = o.own()
		}
		forms := v.forms.minus(elsewhere)
		if !v.present || v.password || len(forms) == 0 {
			continue
		}
		yes, byBlock, looked, fresh := m.private(o, n)
		if !looked && n == visitOwn && v.status < 400 && m.rules.complete {
			l.Where = transcript.Out
			l.Because += "; its own page " + v.hard + " has a form, and no stranger looked there"
			l.Weak = "no stranger looked at its own page, which has a form: " + strings.Join(forms.sorted(), ", ")
			return true
		}
		if !yes || byBlock && m.noisy || m.spoiltPrivate(n, byBlock, len(fresh)) {
			continue
		}
		l.Where = transcript.Form
		l.Because += "; " + n + ": " + v.hard + " asks to fill in " + strings.Join(forms.sorted(), ", ") + ", which nobody else is asked"
		return true
	}
	return false
}

// formsOfOthers are the forms that anybody else of the controls was shown.
func (m *Model) formsOfOthers(o *seen) set {
	out := set{}
	for _, s := range append(slices.Clone(m.bads), m.goods...) {
		if s == o {
			continue
		}
		out.add(s.rest.forms)
		for _, v := range s.pages {
			out.add(v.forms)
		}
	}
	return out
}

// spoiltPrivate says whether a login that cannot be in has a private page at
// the same place too, with as many texts of its own: the service remembers
// errors, and their words differ.
func (m *Model) spoiltPrivate(name string, byBlock bool, texts int) bool {
	for _, b := range m.bads {
		if slices.Contains(m.strangers, b) {
			continue
		}
		v, ok := b.pages[name]
		if name == visitOwn {
			v, ok = b.own()
		}
		if !ok || v.unreadable || v.hard == "the IdP" {
			continue
		}
		there := m.strangersAt(b, name)
		same := slices.ContainsFunc(there, func(s view) bool { return s.hard == v.hard })
		if byBlock && same && len(v.unseen(m.public, m.noise)) >= max(texts, 1) || !byBlock && len(there) > 0 && !same {
			return true
		}
	}
	return false
}

// spoiltHas says whether spoilt logins have private texts where this one has
// them: then they are explained.
func (m *Model) spoiltHas(o *seen) bool {
	return slices.ContainsFunc(o.common(), func(n string) bool { return m.spoiltPrivate(n, true, 1) })
}

// refuses looks for evidence that a private page is a refusal; "" when there is none.
func (m *Model) refuses(o *seen, name string) string {
	v := o.pages[name]
	if name == visitOwn {
		v, _ = o.own()
	}
	p := m.pages[name]
	if v.status >= 400 && (p == nil || p.status < 400) {
		return "status " + v.hard
	}
	if v.refused() && (p == nil || p.said == transcript.ShowsSignedIn) {
		return v.hard
	}
	if door := m.door(v, name); door != "" {
		return "the stranger's door is still offered (" + door + ")"
	}
	if p != nil && m.deadEnd(v, p, name) {
		return "a dead end with nowhere to go but out"
	}
	return ""
}

// deadEnd says whether a page that is not the known member's offers none of the
// ways that he has, and at most one of its own.
func (m *Model) deadEnd(v view, p *page, name string) bool {
	known := set{}
	for _, g := range m.goods {
		known.add(g.pages[name].ways)
	}
	public := m.publicWays()
	mine := v.ways.minus(public)
	return v.hard != p.hard && len(known.minus(public)) >= m.rules.waysKnown && len(v.forms) == 0 &&
		len(mine) <= 1 && len(mine.minus(known)) == 0
}

func (m *Model) publicWays() set {
	out := set{}
	for _, s := range m.strangers {
		for _, v := range s.pages {
			out.add(v.ways)
		}
	}
	return out
}

// door says which login link or password field the page offers, if strangers
// are offered it at the same page; "" when none.
func (m *Model) door(v view, name string) string {
	for _, s := range m.strangers {
		at, ok := s.pages[name]
		if !ok {
			continue
		}
		if at.password && v.password {
			return "a password field"
		}
		for _, d := range m.doors() {
			if v.ways["to "+d] && (at.ways["to "+d] || at.place == d) {
				return d
			}
		}
	}
	return ""
}

// doors lists where a login begins: the SP-initiated login URL, and pages
// with a password field that strangers are sent to.
func (m *Model) doors() []string {
	out := set{}
	for _, s := range m.strangers {
		if start, ok := s.starts[visitEntry]; ok {
			path, _, _ := strings.Cut(start, "?")
			out[path] = true
		}
		for n, v := range s.pages {
			start, _, _ := strings.Cut(s.starts[n], "?")
			if v.password && v.place != start {
				out[v.place] = true
			}
		}
	}
	return out.sorted()
}
