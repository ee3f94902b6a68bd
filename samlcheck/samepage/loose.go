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
	own := children(m.root, nsAssertion, "Assertion")
	switch {
	case s.flawed(FlawLocalName) && len(own) == 1:
		m.assertionEl = own[0]
		for _, el := range m.root.ChildElements() {
			if el.Tag == "Assertion" && !verify {
				m.assertionEl = el
				break
			}
		}
		return nil
	case s.flawed(FlawFirstAnywhere) && len(own) > 0:
		m.assertionEl = own[len(own)-1]
		if !verify {
			m.assertionEl = descendants(m.root, func(el *etree.Element) bool { return is(el, nsAssertion, "Assertion") })[0]
		}
		return nil
	case s.flawed(FlawLastAnywhere) && len(own) == 1:
		m.assertionEl = own[0]
		if all := descendants(m.root, func(el *etree.Element) bool { return is(el, nsAssertion, "Assertion") }); !verify {
			m.assertionEl = all[len(all)-1]
		}
		return nil
	case (s.flawed(FlawRootSignature) || s.flawed(FlawLastID) || s.flawed(FlawAnyID) || s.flawed(FlawEntityID) || s.flawed(FlawMoved)) && len(own) > 0:
		m.assertionEl = own[0]
		return nil
	case s.flawed(FlawSplitSignature) && len(own) == 1:
		m.assertionEl = own[0]
		return nil
	case s.flawed(FlawUnsignedEncrypted) && len(children(m.root, nsAssertion, "EncryptedAssertion")) == 1:
		plain, err := s.decrypt(child(m.root, nsAssertion, "EncryptedAssertion"))
		m.assertionEl = plain
		return err
	}
	return s.pickAssertion(m)
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
