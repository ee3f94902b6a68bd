package oracle

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// Two logins of one person that differ in one thing are compared here: which
// names the pages show, and what stands there now and did not before.

// variant separates a person's ref from the name of what is different about him
// (package trial, which stands above, writes them).
const variant = "~"

// samePerson says whether two refs are one person, be it with another name or
// address.
func samePerson(a, b string) bool {
	a, _, _ = strings.Cut(a, variant)
	b, _, _ = strings.Cut(b, variant)
	return a == b && a != ""
}

// Spelt is which of a person's names the pages of a step show, letter by letter.
type Spelt struct{ Email, NameID, DisplayName bool }

// Spelt reads the pages that are no refusals for the exact names of the person
// with that ref, who need not be the one who signed in.
func (m *Model) Spelt(s transcript.Step, ref string) Spelt {
	p, ok := m.record.Person(ref)
	if !ok {
		return Spelt{}
	}
	var text []string
	take := func(h transcript.Hop) {
		if !h.AtIdP && h.Error == "" && h.Status < 400 {
			text = append(append(text, h.Title), h.Blocks...)
		}
	}
	take(s.Rest())
	for _, v := range s.Visits {
		take(v.Rest())
	}
	shown := func(n string) bool {
		return len(n) >= shortestWho && slices.ContainsFunc(text, func(t string) bool { return holds(t, n) })
	}
	return Spelt{shown(p.Email), shown(p.NameID), shown(p.DisplayName)}
}

// Beyond lists what the pages that everyone visits show in one login and in none
// of the others: texts, links, forms and other answers, without names and
// numbers, each with the page it stands on. Nothing is lost and gained by chance
// only if the others do not differ among themselves either.
func (m *Model) Beyond(now transcript.Step, before ...transcript.Step) []string {
	had := set{}
	for _, s := range before {
		had.add(m.items(s))
	}
	out := []string{}
	for _, item := range m.items(now).sorted() {
		if !had[item] {
			out = append(out, item)
		}
	}
	return out
}

func (m *Model) items(s transcript.Step) set {
	out := set{}
	o := m.seenOf(s)
	for _, name := range o.common() {
		v := o.pages[name]
		if v.unreadable || v.hard == "the IdP" {
			continue
		}
		out[name+": "+v.hard] = true
		for key := range v.keys {
			out[name+": "+key] = true
		}
		for _, more := range []set{v.soft, v.ways} {
			for key := range more {
				out[name+": "+key] = true
			}
		}
	}
	return out
}
