package oracle

import (
	"strings"
	"unicode/utf8"

	"example.com/samepage/samlcheck/transcript"
)

const shortestWho = 4 // a NameID or display name of fewer characters proves nothing

// who is the ref of the only person of the run whose e-mail, NameID or display
// name the login was shown; "" when none or several. Refusals are left out:
// they echo names too.
func (m *Model) who(s transcript.Step) string {
	if ref, told := m.toldAs(s); told {
		return ref
	}
	var text []string
	take := func(h transcript.Hop) {
		if h.AtIdP || h.Error != "" || h.Status >= 400 {
			return
		}
		text = append(text, strings.ToLower(h.Title))
		for _, b := range h.Blocks {
			text = append(text, strings.ToLower(b))
		}
	}
	if len(s.Login) > 0 {
		take(s.Rest())
	}
	for _, v := range s.Visits {
		take(v.Rest())
	}
	found := ""
	for _, p := range m.record.People {
		if !named(text, p) {
			continue
		}
		if found != "" {
			return ""
		}
		found = p.Ref
	}
	return found
}

func named(text []string, p transcript.Person) bool {
	for _, n := range []string{p.Email, p.NameID, p.DisplayName} {
		n = strings.ToLower(n)
		if utf8.RuneCountInString(n) < shortestWho {
			continue
		}
		for _, t := range text {
			if holds(t, n) {
				return true
			}
		}
	}
	return false
}

// holds says whether n stands in t as a whole.
func holds(t, n string) bool {
	for from := 0; ; {
		i := strings.Index(t[from:], n)
		if i < 0 {
			return false
		}
		i += from
		if bounded(t, i, i+len(n)) {
			return true
		}
		from = i + 1
	}
}
