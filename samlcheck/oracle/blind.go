package oracle

import (
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// blind reads a step without a known member to compare with. It never says
// that anybody is in: admitted and not admitted look alike.
func (m *Model) blind(o *seen) Landing {
	l := Landing{Because: m.why}
	if len(m.strangers) == 0 {
		l.Where = transcript.Mixed
		l.Because += "; and no stranger looked at the pages"
		return l
	}
	private, weak := m.privatePages(o)
	if r, ok := m.blindRefusal(l, o, private); ok {
		return r
	}
	if len(private) > 0 {
		if form := m.blindForm(o, private); form != "" {
			return l.as(transcript.Form, form)
		}
		v := o.pages[private[0]]
		return l.as(transcript.Accepted, private[0]+": "+v.hard+" is not a stranger's: the login was remembered; whether it admits cannot be told without a known member who gets in")
	}
	if t := m.ownTokens(o); t != "" {
		return l.as(transcript.Accepted, "a token is given at "+t+", and to nobody else")
	}
	if len(o.step.Login) == 0 || o.step.Sent != nil && !delivered(o.step) {
		return l.as(transcript.Out, "no assertion was delivered, and every page is like a stranger's")
	}
	l.Where, l.Weak = transcript.Mixed, weak
	l.Because += "; every page is like a stranger's, which a member's may be too"
	return l
}

// blindRefusal finds a private page that refuses. A page that strangers see too,
// with a text of its own, may show a remembered error, and may as well be a gate:
// without a known member nothing tells the two apart, so it points nowhere.
func (m *Model) blindRefusal(l Landing, o *seen, private []string) (found Landing, ok bool) {
	for _, n := range private {
		v := o.pages[n]
		if n == visitOwn {
			v, _ = o.own()
		}
		why := ""
		if d := m.door(v, n); v.status >= 400 {
			why = n + " is not a stranger's, and refuses: " + v.hard
		} else if d != "" {
			why = n + " is not a stranger's, and still offers the door (" + d + ")"
		} else if v.refused() {
			why = n + " is not a stranger's: " + v.hard
		}
		if why == "" {
			continue
		}
		_, byBlock, _, fresh := m.private(o, n)
		if !byBlock {
			return l.as(transcript.Session, why), true
		}
		if !ok {
			found, ok = l.as(transcript.Mixed, why), true
			found.Weak = n + " is a stranger's page with a text of its own, which may be a remembered error: " + quote(fresh)
		}
	}
	return found, ok
}

func (l Landing) as(w transcript.Landing, because string) Landing {
	l.Where = w
	l.Because += "; " + because
	return l
}

// privatePages lists the pages where the step sees what no stranger sees. Its
// own page counts unless it is the address of a page of an anchor.
func (m *Model) privatePages(o *seen) (out []string, weak string) {
	for _, n := range append([]string{visitOwn}, o.common()...) {
		yes, byBlock, looked, fresh := m.private(o, n)
		switch {
		case n == visitOwn && !looked:
			weak = "no stranger looked at its own page"
		case !yes || m.spoiltPrivate(n, byBlock, len(fresh)):
		case byBlock && m.noisy:
			weak = "the pages change by themselves"
		default:
			out = append(out, n)
		}
	}
	return out, weak
}

// blindForm finds a form that nobody else shows while the rest of the site
// treats the person as a stranger; "" when there is none.
func (m *Model) blindForm(o *seen, private []string) string {
	elsewhere := set{}
	for _, s := range m.bads {
		if s == o {
			continue
		}
		for _, v := range s.pages {
			elsewhere.add(v.forms)
		}
	}
	at := ""
	public := m.publicWays()
	for _, n := range private {
		v := o.pages[n]
		if n == visitOwn {
			v, _ = o.own()
		}
		forms := v.forms.minus(elsewhere)
		if len(forms) == 0 || len(v.ways.minus(public)) >= m.rules.waysKnown {
			return "" // an application's page, or a page without a form beside it
		}
		if at != "" && !strings.Contains(at, v.hard) {
			return ""
		}
		at = n + ": " + v.hard + " asks to fill in " + strings.Join(forms.sorted(), ", ") + ", and elsewhere the person is a stranger"
	}
	return at
}

func (m *Model) ownTokens(o *seen) string {
	mine := set{}
	mine.add(o.tokens)
	for _, b := range m.bads {
		if b != o {
			mine = mine.minus(b.given)
		}
	}
	return strings.Join(mine.sorted(), ", ")
}

// Barred says whether the pages that the step's person sees, and a stranger does
// not, refuse him or still offer him the door. Whatever that is (a gate, a
// remembered error), it is not being in.
func (m *Model) Barred(s transcript.Step) bool {
	o := m.seenOf(s)
	private, _ := m.privatePages(o)
	_, barred := m.blindRefusal(Landing{}, o, private)
	return barred
}
