package samepage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// Two readings of one text.

var (
	declared  = regexp.MustCompile(`<!ENTITY\s+(\w+)\s+"([^"]*)">`)
	addressed = regexp.MustCompile(`SYSTEM\s+"(http://127\.0\.0\.1[^"]*)"`)
	reference = regexp.MustCompile(`&(\w+);`)
)

// readings are the document that is verified and the one that is used: one and
// the same, but for the flaws.
func (s *Server) readings(raw []byte) (verified, used *etree.Element, err error) {
	if s.flawed(FlawExternal) {
		for _, m := range addressed.FindAllSubmatch(raw, -1) {
			fetch(string(m[1]))
		}
	}
	first, second := raw, raw
	switch {
	case s.flawed(FlawEntities), s.flawed(FlawEntityID):
		first = expanded(raw, true)
		second = first
	case s.flawed(FlawSplitSignature):
		first = expanded(raw, true)
		second = first
	case s.flawed(FlawEntityCut):
		first, second = expanded(raw, true), expanded(raw, false)
	case s.flawed(FlawTwoReadings):
		first, second = afterDoctype(raw, false), afterDoctype(raw, true)
	case s.flawed(FlawRoots):
		return severalRoots(raw)
	}
	if verified, err = s.parseLoosely(first); err != nil {
		return nil, nil, err
	}
	if bytes.Equal(first, second) {
		return verified, verified, nil
	}
	used, err = s.parseLoosely(second)
	return verified, used, err
}

// parseLoosely is parseStrict, but for the flaws.
func (s *Server) parseLoosely(raw []byte) (*etree.Element, error) {
	if !s.flawed(FlawAnyID) && !s.flawed(FlawFirstNode) {
		return parseStrict(raw)
	}
	doc := etree.NewDocument()
	doc.ReadSettings.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("samepage: encoding %q", label)
	}
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, fmt.Errorf("samepage: xml: %w", err)
	}
	if roots := doc.ChildElements(); len(roots) == 1 {
		return roots[0], nil
	}
	return nil, errors.New("samepage: xml: other than one root")
}

// expanded puts in what a document type declares, or leaves it out.
func expanded(raw []byte, in bool) []byte {
	start := bytes.Index(raw, []byte("<!DOCTYPE"))
	if start < 0 {
		return raw
	}
	end := bytes.Index(raw[start:], []byte("]>"))
	if end < 0 {
		return raw
	}
	dtd, body := raw[start:start+end+2], append(bytes.Clone(raw[:start]), raw[start+end+2:]...)
	values := map[string]string{}
	for _, m := range declared.FindAllSubmatch(dtd, -1) {
		values[string(m[1])] = string(m[2])
	}
	const most = 16 << 20
	for range 16 {
		next := reference.ReplaceAllFunc(body, func(ref []byte) []byte {
			v, known := values[strings.Trim(string(ref), "&;")]
			switch {
			case !known:
				return ref
			case !in:
				return nil
			}
			return []byte(v)
		})
		if bytes.Equal(next, body) || len(next) > most {
			break
		}
		body = next
	}
	return body
}

// afterDoctype is the text behind a document type, which ends at the first ">",
// or at the first that is not quoted.
func afterDoctype(raw []byte, quotes bool) []byte {
	start := bytes.Index(raw, []byte("<!DOCTYPE"))
	if start < 0 {
		return raw
	}
	quote := byte(0)
	for i := start; i < len(raw); i++ {
		switch c := raw[i]; {
		case quotes && quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && c == '>':
			return raw[i+1:]
		}
	}
	return raw
}

// severalRoots is FlawRoots: what is signed is verified, what has an assertion
// is used.
func severalRoots(raw []byte) (verified, used *etree.Element, err error) {
	doc := etree.NewDocument()
	doc.ReadSettings.Permissive = true
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, nil, fmt.Errorf("samepage: xml: %w", err)
	}
	roots := doc.ChildElements()
	if len(roots) != 2 {
		r, err := parseStrict(raw)
		return r, r, err
	}
	for _, r := range roots {
		assertion := child(r, nsAssertion, "Assertion")
		switch {
		case child(r, nsSignature, "Signature") != nil:
			verified = r
		case child(assertion, nsSignature, "Signature") != nil:
			verified = assertion
		case assertion != nil:
			used = r
		}
	}
	if verified == nil || used == nil {
		return nil, nil, errors.New("samepage: two roots that are no use")
	}
	return verified, used, nil
}

// followStylesheets is FlawStylesheet.
func (s *Server) followStylesheets(sig *etree.Element) {
	for _, el := range descendants(sig, func(el *etree.Element) bool {
		return strings.HasPrefix(el.SelectAttrValue("select", ""), "document('http://127.0.0.1")
	}) {
		fetch(strings.Trim(strings.TrimPrefix(el.SelectAttrValue("select", ""), "document("), "')"))
	}
}

// fetch asks an address on this machine, as a careless parser would.
func fetch(address string) {
	c := &http.Client{Timeout: 2 * time.Second}
	if resp, err := c.Get(address); err == nil { //nolint:noctx // a flaw has no manners
		_ = resp.Body.Close()
	}
}

// verifySplit is FlawSplitSignature: the first thing called Signature vouches
// for itself, and the signature that el shows for the digest.
func (s *Server) verifySplit(root, el, sig *etree.Element, by *idp) error {
	first := descendants(root, func(x *etree.Element) bool { return x.Tag == "Signature" })[0]
	if first.NamespaceURI() != nsSignature {
		first = first.Copy()
		first.Space = ""
		first.CreateAttr("xmlns", nsSignature)
	}
	alone := first
	if err := s.valueGood(alone, alone, child(alone, nsSignature, "SignedInfo"), by.certs); err != nil {
		return err
	}
	return s.referencesGood(root, el, sig, child(sig, nsSignature, "SignedInfo"))
}

// untilNode is FlawFirstNode: of every text it keeps the first piece.
func untilNode(el *etree.Element) *etree.Element {
	el = el.Copy()
	keepFirst(el)
	return el
}

func keepFirst(el *etree.Element) {
	if len(el.Child) > 1 {
		if c, ok := el.Child[0].(*etree.CharData); ok && strings.TrimSpace(c.Data) != "" {
			el.Child = el.Child[:1:1]
		}
	}
	for _, c := range el.ChildElements() {
		keepFirst(c)
	}
}
