package oracle

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// land reads one step: by what the known member taught, or blindly.
func (m *Model) land(o *seen) Landing {
	l := m.read(o)
	l.As = m.who(o.step)
	if l.Weak == "" && repeated(o.step) {
		l.Weak = "the login was made again, after a response had been handed out already"
	}
	l.Crashed = crashed(o.step)
	if l.Because == "" {
		l.Because = "nothing was seen"
	}
	return l
}

func (m *Model) read(o *seen) Landing {
	if why := m.illegible(o); why != "" {
		return Landing{Where: transcript.Unreadable, Because: why}
	}
	if !m.proven {
		return m.blind(o)
	}
	pages := m.telling()
	pages = slices.DeleteFunc(pages, func(p *page) bool { return !o.pages[p.name].present })
	if len(pages) == 0 {
		return m.byMarks(o)
	}
	return m.byPages(o, pages)
}

// illegible says why the step is no evidence at all; "" when it is.
func (m *Model) illegible(o *seen) string {
	s := o.step
	switch {
	case s.Fault != "":
		return "the harness failed: " + s.Fault
	case len(s.Login) == 0 && len(s.Visits) == 0:
		return "nothing was visited"
	case len(s.Login) > 0 && o.rest.unreadable:
		return "login: " + noAnswer(s.Rest())
	case len(s.Login) > 0 && s.Sent == nil && acsHop(s.Login) < 0:
		return "no response was delivered to the service provider: the login came to rest at " + o.rest.hard
	}
	for _, p := range m.telling() {
		if v, ok := o.pages[p.name]; ok && v.unreadable {
			visit, _ := s.Visit(p.name)
			return p.name + ": " + noAnswer(visit.Rest())
		}
	}
	return ""
}

func noAnswer(h transcript.Hop) string {
	if h.Error != "" {
		return "no answer (" + h.Error + ")"
	}
	return fmt.Sprintf("status %d, which says nothing about the login", h.Status)
}

// byPages lets the discriminating pages vote, unanimously.
func (m *Model) byPages(o *seen, pages []*page) Landing {
	votes := map[opinion]int{}
	var say, novel []string
	read := m.readable(o, pages)
	for _, p := range pages {
		v := o.pages[p.name]
		vote := p.judge(v, m.bad, m.rules)
		votes[vote]++
		say = append(say, p.sentence(v, vote))
		if vote == good {
			for _, b := range m.novel(v, p, read) {
				if !slices.Contains(novel, b) { // home and root are often one page
					novel = append(novel, b)
				}
			}
		}
	}
	if len(novel) > 0 {
		brought := m.brought(o.step)
		novel = slices.DeleteFunc(novel, func(b string) bool { return echoes(b, brought) })
	}
	l := Landing{Because: strings.Join(say, "; ")}
	switch {
	case votes[good] == len(pages):
		l.Where = transcript.In
		m.weigh(&l, o, pages, novel)
	case votes[good] > 0 && votes[bad] > 0:
		l.Where = transcript.Mixed
	case votes[good] > 0: // a session on other pages is a guess here, a refusal more so
		m.beside(&l, o)
		if l.Where != transcript.Accepted {
			l.Where, l.Weak = transcript.Mixed, ""
		}
	default:
		m.beside(&l, o)
		if l.Where == transcript.Out && votes[other] > 0 && l.Weak == "" && !m.spoiltHas(o) {
			l.Weak = "the pages are like neither the known member's nor a stranger's"
		}
	}
	return l
}

// readable says whether a page that people read is like the known member's,
// with his own words and nothing new on it.
func (m *Model) readable(o *seen, pages []*page) bool {
	return slices.ContainsFunc(pages, func(p *page) bool {
		v := o.pages[p.name]
		return !v.json && len(p.words) > 0 && p.judge(v, m.bad, m.rules) == good && len(m.novel(v, p, false)) == 0
	})
}

// weigh says why a good landing is not to be relied on.
func (m *Model) weigh(l *Landing, o *seen, pages []*page, novel []string) {
	own := 0
	proof := false
	said := true // a person has read the pages
	for _, p := range pages {
		own += len(p.words)
		proof = proof || p.proves()
		said = said && p.said != ""
	}
	learnedFrom := slices.Contains(m.goods, o)
	mute := !proof && !said && len(m.marks.tokens.and(o.tokens)) == 0 // nothing but the page itself speaks
	switch lacks := m.marks.missing(o); {
	case len(novel) > 0:
		l.Novel = novel
		l.Weak = "text that no known login showed: " + quote(novel)
	case m.drawnByScript() && mute:
		l.Weak = "the known member's page is drawn by script, which this browser does not run: a page that says no would be the same bytes"
	case own == 0 && mute:
		l.Weak = "the known member's pages have no words of their own, so a page drawn by script could say anything"
	case lacks != "" && !learnedFrom && len(o.step.Login) > 0: // whoever only looks again is given no cookie
		l.Weak = "lacks the cookie " + lacks + ", which every known login got and nobody else"
	}
}

// byMarks decides where no page tells anything.
func (m *Model) byMarks(o *seen) Landing {
	agree, of, say := m.marks.compare(o)
	l := Landing{Because: "no page tells the known member from a stranger; " + strings.Join(say, "; ")}
	weak := ""
	if len(m.marks.tokens) == 0 {
		weak = "no page tells the known member from a stranger; only cookies and the way after the response do"
	}
	switch agree {
	case of:
		l.Where, l.Weak = transcript.In, weak
	case 0:
		m.beside(&l, o)
		switch {
		case l.Weak != "":
		case l.Where == transcript.Out && !m.badChain(o):
			l.Weak = "its way after the response is neither the known member's nor a refused one's"
		default:
			l.Weak = weak
		}
	default:
		l.Where = transcript.Mixed
	}
	return l
}

// badChain says whether a login that cannot be in took the same way.
func (m *Model) badChain(o *seen) bool {
	return len(o.step.Login) == 0 || slices.ContainsFunc(m.bads, func(b *seen) bool { return b.chain == o.chain && len(b.step.Login) > 0 })
}

// crashed says that the ACS itself failed: a crash is not a refusal. A redirect
// that no browser follows is an answer all the same.
func crashed(s transcript.Step) bool {
	at := acsHop(s.Login)
	return at >= 0 && (s.Login[at].Status >= 500 || s.Login[at].Error != "" && s.Login[at].Location == "")
}
