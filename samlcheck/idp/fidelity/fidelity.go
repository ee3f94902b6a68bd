// Package fidelity says how near a mock face comes to a message that the real
// vendor sent.
//
// The proof is arithmetic. A signed message carries the digest of its own bytes.
// [Compare] reads the values of a message (ids, instants, names, attributes),
// has the face render them again, and takes the digest of that: when it is the
// DigestValue that the vendor signed, the face's canonical bytes are the
// vendor's. Where the digest cannot match, because values were replaced or the
// text was indented anew since, what is left is the skeleton: elements, order,
// prefixes, namespace declarations, order of attributes.
//
// It refuses to judge more than that. It verifies no signature, trusts no
// certificate, decrypts nothing, and learns nothing for later. It is pure: a
// text goes in, a report comes out.
package fidelity

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
)

// MaxSize is the largest text that is read, in bytes: a message in base64.
const MaxSize = 2 * message.MaxMessage

// Result says how near one part of a message is.
type Result string

// Results, nearest first.
const (
	Identical Result = "identical" // the digest in the message, or its very bytes
	Skeleton  Result = "skeleton"  // alike but for values, which the message's own digest does not cover either
	Different Result = "different"
	Encrypted Result = "encrypted" // cannot be seen
)

// Report is what Compare found.
type Report struct {
	Face     string   `json:"face"`          // "okta", "entra"
	Era      string   `json:"era,omitempty"` // in words, where the face has several
	Document string   `json:"document"`      // "response", "assertion", "metadata"
	Parts    []Part   `json:"parts"`         // the outermost first
	Notes    []string `json:"notes,omitempty"`
}

// Part is one element of the message that is compared by itself.
type Part struct {
	Of         string      `json:"of"` // "response", "assertion", "metadata"
	Result     Result      `json:"result"`
	Because    string      `json:"because"`
	Difference *Difference `json:"difference,omitempty"` // the first one
}

// Difference is one place where the two are not alike. Of long values it holds
// the part around what differs.
type Difference struct {
	Path   string `json:"path"`   // "/saml2:Assertion/saml2:Subject/@ID"
	Theirs string `json:"theirs"` // in the message
	Ours   string `json:"ours"`   // as the face renders it
}

// Faithful says whether nothing differs that could be compared.
func (r Report) Faithful() bool {
	for _, p := range r.Parts {
		if p.Result == Different {
			return false
		}
	}
	return len(r.Parts) > 0
}

// Whole says whether every part was proven identical.
func (r Report) Whole() bool {
	for _, p := range r.Parts {
		if p.Result != Identical {
			return false
		}
	}
	return len(r.Parts) > 0
}

// Compare reads a Response, an Assertion or metadata, as XML or in base64, and
// compares it with what the face that it recognises makes of the same values.
// Errors say what the text is not.
func Compare(raw []byte) (Report, error) {
	root, text, err := read(raw)
	if err != nil {
		return Report{}, err
	}
	switch kind := root.NamespaceURI() + " " + root.Tag; kind {
	case nsProtocol + " Response", nsAssertion + " Assertion":
		return compareMessage(root, text)
	case nsMetadata + " EntityDescriptor":
		return compareMetadata(root, text)
	case nsAssertion + " EncryptedAssertion":
		return Report{}, errors.New("fidelity: an EncryptedAssertion alone: decrypt it, or give the whole response")
	}
	return Report{}, fmt.Errorf("fidelity: the root is %s; a SAML 2.0 Response, Assertion or EntityDescriptor is wanted", root.FullTag())
}

// read finds the XML in the text: as it stands, or in base64.
func read(raw []byte) (*etree.Element, []byte, error) {
	if len(raw) > MaxSize {
		return nil, nil, fmt.Errorf("fidelity: the text is larger than %d bytes", MaxSize)
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\ufeff"))) // Entra's metadata begins with the mark
	switch {
	case len(text) == 0:
		return nil, nil, errors.New("fidelity: the text is empty")
	case text[0] != '<':
		packed := strings.TrimPrefix(strings.Join(strings.Fields(string(text)), ""), "SAMLResponse=")
		out, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			return nil, nil, errors.New("fidelity: neither XML nor base64 of XML (is it URL-encoded still?)")
		}
		text = bytes.TrimPrefix(out, []byte("\ufeff"))
	}
	if len(text) > message.MaxMessage {
		return nil, nil, fmt.Errorf("fidelity: the message is larger than %d bytes", message.MaxMessage)
	}
	tree, err := message.ParseTree(text)
	if err != nil {
		return nil, nil, fmt.Errorf("fidelity: %s", strings.TrimPrefix(err.Error(), "message: "))
	}
	return tree.Root, text, nil
}
