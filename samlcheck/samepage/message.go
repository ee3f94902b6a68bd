package samepage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/beevik/etree"
	"github.com/russellhaering/goxmldsig/etreeutils"
)

// The namespaces that matter.
const (
	nsAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsMetadata  = "urn:oasis:names:tc:SAML:2.0:metadata"
	nsSignature = "http://www.w3.org/2000/09/xmldsig#"
	nsEnc       = "http://www.w3.org/2001/04/xmlenc#"
)

// maxDepth is far more than SAML needs, and little enough that nothing which
// walks the tree can be made slow by it.
const maxDepth = 64

// message is a response that has been read. Nothing in it is trusted yet.
type message struct {
	raw         []byte
	root        *etree.Element
	assertionEl *etree.Element // decrypted, if it was encrypted
	content     *etree.Element // the assertion as it is read: itself, but for FlawComment
	person      *etree.Element // where the person is read: content, but for FlawSeveral
	idp         *idp
	foreign     bool   // sound SAML that crewjam does not read: the rules judge alone
	presumed    string // address of a member who was not asserted at all (flaws.go)
}

// parseStrict reads XML that leaves no room for two readings: one root, no
// DTD, no processing instructions in it, no prefixed ID, no encoding but UTF-8.
func parseStrict(raw []byte) (*etree.Element, error) {
	doc := etree.NewDocument()
	doc.ReadSettings.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("samepage: encoding %q", label)
	}
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, fmt.Errorf("samepage: xml: %w", err)
	}
	for _, token := range doc.Child {
		if _, ok := token.(*etree.Directive); ok {
			return nil, errors.New("samepage: xml: a DTD is not allowed")
		}
	}
	roots := doc.ChildElements()
	if len(roots) != 1 {
		return nil, fmt.Errorf("samepage: xml: %d roots", len(roots))
	}
	return roots[0], sober(roots[0], 1)
}

func sober(el *etree.Element, depth int) error {
	if depth > maxDepth {
		return errors.New("samepage: xml: too deep")
	}
	for _, a := range el.Attr {
		if a.Key == "ID" && a.Space != "" {
			return errors.New("samepage: xml: an ID with a prefix")
		}
	}
	for _, token := range el.Child {
		switch t := token.(type) {
		case *etree.Directive, *etree.ProcInst:
			return errors.New("samepage: xml: a directive or processing instruction inside the message")
		case *etree.Element:
			if err := sober(t, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// readMessage parses the response, finds its assertion and its IdP.
func (s *Server) readMessage(raw []byte) (*message, error) {
	if s.loose() {
		return s.readLoosely(raw)
	}
	root, err := parseStrict(raw)
	if err != nil {
		return nil, err
	}
	if s.flawed(FlawAssertionRoot) {
		root = enveloped(root)
	}
	if !is(root, nsProtocol, "Response") {
		return nil, errors.New("samepage: the root is no Response")
	}
	m := &message{raw: raw, root: root}
	if err := s.pickAssertion(m); err != nil {
		return nil, err
	}
	if err := s.readAssertion(m); err != nil {
		return nil, err
	}
	if m.idp = s.speaker(text(child(m.content, nsAssertion, "Issuer"))); m.idp == nil {
		return nil, fmt.Errorf("samepage: no idp %q is registered", text(child(m.content, nsAssertion, "Issuer")))
	}
	return m, nil
}

// readAssertion says what is read of the assertion that was picked.
func (s *Server) readAssertion(m *message) error {
	m.content = m.assertionEl
	if s.flawed(FlawComment) {
		alone, err := detach(m.assertionEl)
		if err != nil {
			return err
		}
		m.content = untilComment(alone)
	}
	if s.flawed(FlawFirstNode) {
		alone, err := detach(m.assertionEl)
		if err != nil {
			return err
		}
		m.content = untilNode(alone)
	}
	if m.person == nil {
		m.person = m.content
	}
	return s.unsealName(m)
}

// pickAssertion wants exactly one assertion, at its place. FlawWrapFirst takes
// the first that is the response's child, or else the first in the document,
// and lets everything else lie around.
func (s *Server) pickAssertion(m *message) error {
	found := descendants(m.root, func(el *etree.Element) bool {
		return is(el, nsAssertion, "Assertion") || is(el, nsAssertion, "EncryptedAssertion")
	})
	if len(found) == 0 {
		return fmt.Errorf("samepage: no assertion (status %q)", statusCode(m))
	}
	m.assertionEl = found[0]
	if i := slices.IndexFunc(found, func(el *etree.Element) bool { return el.Parent() == m.root }); i > 0 {
		m.assertionEl = found[i]
	}
	if m.assertionEl.Tag == "EncryptedAssertion" {
		m.foreign = !crewjamOpens(m.assertionEl)
		plain, err := s.decrypt(m.assertionEl)
		if err != nil {
			return err
		}
		m.assertionEl = plain
	}
	if s.flawed(FlawSeveral) && s.several(m) {
		return nil
	}
	if s.flawed(FlawWrapFirst) || s.flawed(FlawWrapLast) && len(children(m.root, nsAssertion, "Assertion")) > 1 {
		return nil
	}
	if len(found) != 1 || found[0].Parent() != m.root {
		return fmt.Errorf("samepage: %d assertions, or one that is not the response's child", len(found))
	}
	return shape(m)
}

// shape refuses doubles: where there are two, two readers may take different
// ones. What is missing is refused by the rules.
func shape(m *message) error {
	a := m.assertionEl
	subject := child(a, nsAssertion, "Subject")
	for _, want := range []struct {
		parent  *etree.Element
		ns, tag string
	}{
		{m.root, nsAssertion, "Issuer"},
		{m.root, nsSignature, "Signature"},
		{m.root, nsProtocol, "Status"},
		{a, nsAssertion, "Issuer"},
		{a, nsSignature, "Signature"},
		{a, nsAssertion, "Subject"},
		{a, nsAssertion, "Conditions"},
		{subject, nsAssertion, "NameID"},
	} {
		if n := len(children(want.parent, want.ns, want.tag)); n > 1 {
			return fmt.Errorf("samepage: %d times %s", n, want.tag)
		}
	}
	isSignature := func(el *etree.Element) bool { return is(el, nsSignature, "Signature") }
	stray := append(descendants(m.root, isSignature), descendants(a, isSignature)...)
	for _, sig := range stray {
		if p := sig.Parent(); p != m.root && p != a {
			return fmt.Errorf("samepage: a Signature inside %s", p.Tag)
		}
	}
	ids := map[string]bool{}
	for _, el := range descendants(m.root, func(el *etree.Element) bool { return el.SelectAttr("ID") != nil }) {
		id := el.SelectAttrValue("ID", "")
		if id != "" && (ids[id] || id == value(m.root, "ID")) {
			return fmt.Errorf("samepage: the ID %q is used twice", id)
		}
		ids[id] = true
	}
	return nil
}

// decrypt opens an EncryptedAssertion. RSA 1.5 key transport is not accepted:
// with it, answers to broken messages can be used to decrypt good ones.
func (s *Server) decrypt(el *etree.Element) (*etree.Element, error) {
	data := child(el, nsEnc, "EncryptedData")
	keys := descendants(el, func(e *etree.Element) bool { return is(e, nsEnc, "EncryptedKey") })
	if data == nil || len(keys) != 1 {
		return nil, errors.New("samepage: EncryptedAssertion without EncryptedData or with other than one EncryptedKey")
	}
	if method := child(keys[0], nsEnc, "EncryptionMethod"); method == nil ||
		!strings.Contains(method.SelectAttrValue("Algorithm", ""), "rsa-oaep") && !s.flawed(FlawRSA15) {
		return nil, errors.New("samepage: key transport is not RSA-OAEP")
	}
	if err := s.narrowSeals(data, keys[0]); err != nil {
		return nil, err
	}
	plain, err := s.unlock(el, data, keys[0])
	if err != nil {
		return nil, err
	}
	root, err := parseStrict(bytes.TrimSpace(plain))
	if err != nil {
		return nil, err
	}
	if !is(root, nsAssertion, "Assertion") {
		return nil, errors.New("samepage: what was encrypted is no Assertion")
	}
	return root, nil
}

func is(el *etree.Element, ns, tag string) bool {
	return el != nil && el.Tag == tag && el.NamespaceURI() == ns
}

func children(el *etree.Element, ns, tag string) []*etree.Element {
	var found []*etree.Element
	if el == nil {
		return nil
	}
	for _, c := range el.ChildElements() {
		if is(c, ns, tag) {
			found = append(found, c)
		}
	}
	return found
}

func child(el *etree.Element, ns, tag string) *etree.Element {
	if found := children(el, ns, tag); len(found) > 0 {
		return found[0]
	}
	return nil
}

// descendants lists what is wanted below el, in document order.
func descendants(el *etree.Element, want func(*etree.Element) bool) []*etree.Element {
	var found []*etree.Element
	for _, c := range el.ChildElements() {
		if want(c) {
			found = append(found, c)
		}
		found = append(found, descendants(c, want)...)
	}
	return found
}

// text is all the text of an element, without the space around it: comments
// do not cut it short. No element has no text.
func text(el *etree.Element) string { return strings.TrimSpace(whole(el)) }

func whole(el *etree.Element) string {
	var b strings.Builder
	if el == nil {
		return ""
	}
	for _, token := range el.Child {
		if c, ok := token.(*etree.CharData); ok {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// detach copies an element together with the namespaces that it stands in.
func detach(el *etree.Element) (*etree.Element, error) {
	ctx, err := etreeutils.NSBuildParentContext(el)
	if err != nil {
		return nil, fmt.Errorf("samepage: namespaces: %w", err)
	}
	if ctx, err = ctx.SubContext(el); err != nil {
		return nil, fmt.Errorf("samepage: namespaces: %w", err)
	}
	alone, err := etreeutils.NSDetatch(ctx, el)
	if err != nil {
		return nil, fmt.Errorf("samepage: namespaces: %w", err)
	}
	return alone, nil
}
