package samepage

import (
	"github.com/beevik/etree"
)

// takeLast is FlawWrapLast: what was verified is the first assertion, what is
// used from here on is the last.
func (s *Server) takeLast(m *message) error {
	all := children(m.root, nsAssertion, "Assertion")
	if !s.flawed(FlawWrapLast) || len(all) < 2 {
		return nil
	}
	m.assertionEl, m.person = all[len(all)-1], nil
	return s.readAssertion(m)
}

// untilComment is FlawComment: of every text it keeps what stands before the
// first comment, as readers do that take an element's first child for its text.
func untilComment(el *etree.Element) *etree.Element {
	el = el.Copy()
	cut(el)
	return el
}

func cut(el *etree.Element) {
	for i, token := range el.Child {
		if _, ok := token.(*etree.Comment); ok {
			el.Child = el.Child[:i:i]
			break
		}
	}
	for _, c := range el.ChildElements() {
		cut(c)
	}
}
