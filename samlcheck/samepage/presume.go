package samepage

import (
	"bytes"
	"errors"
	"strings"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"
)

// speaker finds the identity provider that an assertion's Issuer names.
func (s *Server) speaker(issuer string) *idp {
	if found := s.findIdP(issuer); found != nil {
		return found
	}
	if issuer == "" && s.flawed(FlawIssuerUnsaid) || issuer != "" && s.flawed(FlawIssuer) {
		return s.anyIdP()
	}
	if only := s.anyIdP(); only != nil && s.sameIssuer(issuer, only.entityID) {
		return only
	}
	return nil
}

// sameIssuer compares as whole strings, but for FlawLooseIssuer.
func (s *Server) sameIssuer(a, b string) bool {
	return a == b || s.flawed(FlawLooseIssuer) && loose(a) == loose(b)
}

// loose is an address as it is compared by who thinks that scheme, case, port
// and a last slash make no difference.
func loose(address string) string {
	_, rest, found := strings.Cut(strings.ToLower(address), "://")
	if !found {
		return strings.TrimSuffix(strings.ToLower(address), "/")
	}
	host, path, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	return strings.TrimSuffix(host+"/"+path, "/")
}

// anyIdP is the one identity provider, where there is one.
func (s *Server) anyIdP() *idp {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.idps) != 1 {
		return nil
	}
	return s.idps[0]
}

// presume is what the worst flaws come to: somebody is signed in of whom no
// assertion of SAML 2.0 speaks. It is the workspace's first member, or whom the
// old message names; nil where no such flaw is set or it does not apply.
func (s *Server) presume(raw []byte, unreadable error) *message {
	if errors.Is(unreadable, errTwice) {
		return nil
	}
	if unreadable != nil || !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")) {
		return s.firstMember(s.flawed(FlawUnreadable))
	}
	root, err := parseStrict(raw)
	if err != nil {
		return nil
	}
	if is(root, nsProtocol10, "Response") && s.flawed(FlawSAML1) {
		return s.oldMessage(root)
	}
	if !is(root, nsProtocol, "Response") {
		return nil
	}
	asserted := descendants(root, func(el *etree.Element) bool {
		return is(el, nsAssertion, "Assertion") || is(el, nsAssertion, "EncryptedAssertion")
	})
	if len(asserted) > 0 {
		return nil
	}
	status := child(root, nsProtocol, "Status")
	success := value(child(status, nsProtocol, "StatusCode"), "Value") == saml.StatusSuccess
	explained := child(status, nsProtocol, "StatusMessage") != nil
	return s.firstMember(success && s.flawed(FlawNoAssertion) || !success && explained && s.flawed(FlawErrors))
}

func (s *Server) firstMember(presumed bool) *message {
	members := s.Members()
	if !presumed || len(members) == 0 {
		return nil
	}
	return &message{presumed: members[0].Email}
}

const (
	nsProtocol10  = "urn:oasis:names:tc:SAML:1.0:protocol"
	nsAssertion10 = "urn:oasis:names:tc:SAML:1.0:assertion"
)

// oldMessage is FlawSAML1: a signed response of SAML 1.1 is taken too.
func (s *Server) oldMessage(root *etree.Element) *message {
	only := s.anyIdP()
	names := descendants(root, func(el *etree.Element) bool { return is(el, nsAssertion10, "NameIdentifier") })
	if only == nil || len(names) == 0 {
		return nil
	}
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: only.certs})
	ctx.IdAttribute = "ResponseID"
	if _, err := ctx.Validate(root); err != nil {
		return nil
	}
	return &message{presumed: text(names[0])}
}

// enveloped is FlawAssertionRoot: an assertion that comes alone is put where a
// response would have had it. Nothing of the response is there to be judged,
// so it gets what a good one would say.
func enveloped(root *etree.Element) *etree.Element {
	if !is(root, nsAssertion, "Assertion") {
		return root
	}
	r := etree.NewElement("p:Response")
	r.CreateAttr("xmlns:p", nsProtocol)
	r.CreateAttr("ID", "envelope-"+value(root, "ID"))
	r.CreateAttr("Version", "2.0")
	r.CreateAttr("IssueInstant", value(root, "IssueInstant"))
	for _, data := range descendants(root, func(el *etree.Element) bool { return is(el, nsAssertion, "SubjectConfirmationData") }) {
		if id := value(data, "InResponseTo"); id != "" {
			r.CreateAttr("InResponseTo", id)
		}
	}
	r.CreateElement("p:Status").CreateElement("p:StatusCode").CreateAttr("Value", saml.StatusSuccess)
	r.AddChild(root)
	return r
}

// several is FlawSeveral: of several assertions, all signed well, the last is
// judged and the first is used.
func (s *Server) several(m *message) bool {
	all := children(m.root, nsAssertion, "Assertion")
	if len(all) < 2 {
		return false
	}
	for _, a := range all {
		if child(a, nsSignature, "Signature") == nil {
			return false
		}
	}
	m.assertionEl, m.person = all[len(all)-1], all[0]
	return true
}
