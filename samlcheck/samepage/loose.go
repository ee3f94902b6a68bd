package samepage

import (
	"errors"
	"fmt"
	"slices"

	"github.com/beevik/etree"
)

// The loose flaws: each does one thing that a real library did, and all else as
// well as the good stand-in does. What is verified, and what is used, is found
// here; what a signature is held to stands in loose_verify.go.
const (
	FlawAnyID             Flaw = "any-id"             // takes Id, id, xml:id and prefixed IDs for the ID that a signature refers to
	FlawLastID            Flaw = "last-id"            // of two elements with one ID, verifies the last
	FlawRootSignature     Flaw = "root-signature"     // verifies what the response's signature refers to, wherever it is, and uses the response's child
	FlawFirstAnywhere     Flaw = "first-anywhere"     // verifies the response's child, uses the first assertion in the document
	FlawLastAnywhere      Flaw = "last-anywhere"      // verifies the response's child, uses the last assertion in the document
	FlawLocalName         Flaw = "local-name"         // verifies what is in the namespace, uses what has the name
	FlawDigestAnywhere    Flaw = "digest-anywhere"    // takes the first DigestValue of the document (CVE-2024-45409)
	FlawDigestComment     Flaw = "digest-comment"     // takes the first child of DigestValue for its text (CVE-2025-29775)
	FlawSignedInfo        Flaw = "signed-info"        // verifies one SignedInfo and takes the references of another (CVE-2025-29774)
	FlawLastReference     Flaw = "last-reference"     // compares the last digest, whatever it is of (CVE-2026-33487)
	FlawNoReference       Flaw = "no-reference"       // is content when none of no references is wrong
	FlawLooseReference    Flaw = "loose-reference"    // takes references to the whole document, by XPointer and to nowhere
	FlawTransforms        Flaw = "transforms"         // passes over transforms that it does not know
	FlawHMAC              Flaw = "hmac"               // takes HMACs, keyed with the certificate's PEM
	FlawUnknownAlgorithm  Flaw = "unknown-algorithm"  // takes an unknown algorithm for a good signature
	FlawKeyValue          Flaw = "key-value"          // verifies with the key in KeyValue, or where RetrievalMethod points
	FlawKnownBeside       Flaw = "known-beside"       // verifies with any certificate in KeyInfo when one of them is known
	FlawWeakAlgorithms    Flaw = "weak-algorithms"    // takes SHA-1 and MD5
	FlawVoid              Flaw = "void"               // takes a failed canonicalization for an empty text (CVE-2025-66568)
	FlawInner             Flaw = "inner"              // leaves the assertion's signature unverified where the response has one
	FlawMoved             Flaw = "moved"              // takes the assertion's signature from beside the assertion
	FlawRoots             Flaw = "roots"              // reads several roots: verifies one, uses another (CVE-2022-39299)
	FlawEntities          Flaw = "entities"           // reads document types and expands what they declare
	FlawEntityCut         Flaw = "entity-cut"         // verifies with entities expanded, reads without them
	FlawEntityID          Flaw = "entity-id"          // expands entities and verifies the last of two elements with one ID (CVE-2025-23369)
	FlawExternal          Flaw = "external"           // fetches what a document type names, and refuses the response
	FlawStylesheet        Flaw = "stylesheet"         // works off stylesheets before it verifies
	FlawTwoReadings       Flaw = "two-readings"       // verifies and reads with two parsers that disagree on where a DOCTYPE ends (CVE-2025-25291)
	FlawSplitSignature    Flaw = "split-signature"    // takes the signed part of one signature and the digest of another (CVE-2025-25292)
	FlawFirstNode         Flaw = "first-node"         // takes an element's first piece of text for all of it
	FlawUnsignedEncrypted Flaw = "unsigned-encrypted" // takes encryption for a signature
	FlawRSA15             Flaw = "rsa15"              // takes keys that are wrapped with RSA 1.5
	FlawTag               Flaw = "tag"                // decrypts GCM without looking at the tag
)

// looseFlaws lists them.
func looseFlaws() []Flaw {
	return []Flaw{
		FlawAnyID, FlawLastID, FlawRootSignature, FlawFirstAnywhere, FlawLastAnywhere, FlawLocalName, FlawDigestAnywhere, FlawDigestComment,
		FlawSignedInfo, FlawLastReference, FlawNoReference, FlawLooseReference, FlawTransforms, FlawHMAC, FlawUnknownAlgorithm,
		FlawKeyValue, FlawKnownBeside, FlawWeakAlgorithms, FlawVoid, FlawInner, FlawMoved, FlawRoots, FlawEntities,
		FlawEntityCut, FlawEntityID, FlawExternal, FlawStylesheet, FlawTwoReadings, FlawSplitSignature, FlawFirstNode,
		FlawUnsignedEncrypted, FlawRSA15, FlawTag,
	}
}

// loose says that the stand-in has a loose flaw.
func (s *Server) loose() bool {
	return slices.ContainsFunc(looseFlaws(), s.flawed)
}

// readLoosely is readMessage and checkSignatures of a loose stand-in: what is
// verified and what is used may be two things.
func (s *Server) readLoosely(raw []byte) (*message, error) {
	verified, used, err := s.readings(raw)
	if err != nil {
		return nil, err
	}
	m, v := &message{raw: raw, root: used}, &message{raw: raw, root: verified}
	for _, x := range []*message{v, m} {
		if !is(x.root, nsProtocol, "Response") {
			return nil, errors.New("samepage: the root is no Response")
		}
	}
	if err := s.pickLoosely(m, false); err != nil {
		return nil, err
	}
	if err := s.readAssertion(m); err != nil {
		return nil, err
	}
	if m.idp = s.speaker(text(child(m.content, nsAssertion, "Issuer"))); m.idp == nil {
		return nil, errors.New("samepage: no such idp is registered")
	}
	if s.flawed(FlawRoots) && verified != used { // any signed message will do
		return m, s.verifyPlaces(v, []*etree.Element{verified}, m.idp)
	}
	if err := s.pickLoosely(v, true); err != nil {
		return nil, err
	}
	return m, s.verifyPlaces(v, []*etree.Element{v.root, v.assertionEl}, m.idp)
}

// pickLoosely finds the assertion that is verified, or used.
func (s *Server) pickLoosely(m *message, verify bool) error {
	if m.assertionEl = s.pickOwn(m.root, verify); m.assertionEl != nil {
		return nil
	}
	if sealed := children(m.root, nsAssertion, "EncryptedAssertion"); s.flawed(FlawUnsignedEncrypted) && len(sealed) == 1 {
		plain, err := s.decrypt(sealed[0])
		m.assertionEl = plain
		return err
	}
	return s.pickAssertion(m)
}

// pickOwn finds it among the response's own assertions, and beside them where a
// flaw uses another one than it verifies. Nil leaves it to pickAssertion.
func (s *Server) pickOwn(root *etree.Element, verify bool) *etree.Element {
	own := children(root, nsAssertion, "Assertion")
	if len(own) == 0 {
		return nil
	}
	first, last := own[0], own[len(own)-1]
	all := descendants(root, func(el *etree.Element) bool { return is(el, nsAssertion, "Assertion") })
	one := first == last
	switch {
	case one && s.flawed(FlawLocalName) && !verify:
		named := slices.DeleteFunc(root.ChildElements(), func(el *etree.Element) bool { return el.Tag != "Assertion" })
		return named[0]
	case one && s.flawed(FlawLocalName):
		return first
	case s.flawed(FlawFirstAnywhere) && !verify:
		return all[0]
	case s.flawed(FlawFirstAnywhere):
		return last
	case one && s.flawed(FlawLastAnywhere) && !verify:
		return all[len(all)-1]
	case one && slices.ContainsFunc([]Flaw{FlawLastAnywhere, FlawSplitSignature}, s.flawed),
		slices.ContainsFunc([]Flaw{FlawRootSignature, FlawLastID, FlawAnyID, FlawEntityID, FlawMoved}, s.flawed):
		return first
	}
	return nil
}

// verifyPlaces wants a good signature at one of the places at least, and no bad
// one at any.
func (s *Server) verifyPlaces(m *message, places []*etree.Element, by *idp) error {
	if s.flawed(FlawUnsignedEncrypted) && child(m.root, nsAssertion, "EncryptedAssertion") != nil {
		return nil
	}
	signed := 0
	for n, el := range places {
		sig := child(el, nsSignature, "Signature")
		if sig == nil || n > 0 && el == places[0] {
			continue
		}
		if s.flawed(FlawInner) && signed > 0 {
			break
		}
		signed++
		if err := s.verifyLoosely(m.root, el, sig, by); err != nil {
			return fmt.Errorf("%w of %s: %w", errSignature, el.Tag, err)
		}
	}
	if signed == 0 {
		return fmt.Errorf("%w: neither response nor assertion is signed", errSignature)
	}
	return nil
}
