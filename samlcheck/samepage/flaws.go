package samepage

import (
	"errors"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

// takeLast is FlawWrapLast: what was verified is the first assertion, what is
// used from here on is the last.
func (s *Server) takeLast(m *message) error {
	all := children(m.root, nsAssertion, "Assertion")
	if !s.flawed(FlawWrapLast) || len(all) < 2 {
		return nil
	}
	m.assertionEl, m.assertion = all[len(all)-1], saml.Assertion{}
	if err := s.readAssertion(m); err != nil {
		return err
	}
	if m.assertion.Subject == nil || m.assertion.Subject.NameID == nil || m.assertion.Conditions == nil {
		return errors.New("samepage: the last assertion lacks Subject, NameID or Conditions")
	}
	return nil
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

// anyIdP is FlawIssuer: where there is one identity provider, it must be that.
func (s *Server) anyIdP() *idp {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.idps) != 1 {
		return nil
	}
	return s.idps[0]
}

// presume is FlawNoAssertion: a response that says success and nothing else is
// taken for a login of the workspace's first member.
func (s *Server) presume(raw []byte) *message {
	if !s.flawed(FlawNoAssertion) {
		return nil
	}
	root, err := parseStrict(raw)
	if err != nil || !is(root, nsProtocol, "Response") {
		return nil
	}
	m := &message{raw: raw, root: root}
	asserted := descendants(root, func(el *etree.Element) bool {
		return is(el, nsAssertion, "Assertion") || is(el, nsAssertion, "EncryptedAssertion")
	})
	members := s.Members()
	if unmarshal(root, &m.response) != nil || m.response.Status.StatusCode.Value != saml.StatusSuccess ||
		len(asserted) > 0 || len(members) == 0 {
		return nil
	}
	m.assertion.Subject = &saml.Subject{NameID: &saml.NameID{Value: members[0].Email}}
	return m
}
