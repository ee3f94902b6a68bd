// Package xmlstream reads XML as a stream: one token at a time, in memory that
// does not depend on the document, several times as fast as encoding/xml.
//
// It exists for documents of any size, a federation's metadata above all. A
// [Scanner] is a conforming, non-validating, namespace-aware processor (XML 1.0
// fifth edition, Namespaces in XML 1.0) with one deliberate exception: a
// document type declaration is an error ([ErrDoctype]), because everything that
// makes XML dangerous begins there. So the only entities are the five
// predefined ones and character references. Errors carry the line and the column.
//
//	s := xmlstream.New(r)
//	for {
//		t, err := s.Next()
//		if err != nil { ... }            // *SyntaxError, or the reader's own
//		if t.Kind == xmlstream.EOF { break }
//	}
//
// What a token holds is overwritten by the next call of Next; who wants to keep
// it copies it. Long text comes in pieces, several Text tokens in a row.
//
// A [Canonical] turns the same tokens into canonical XML, so that the digest of
// a signed document can be taken in the pass that reads it.
//
// It refuses to build a tree, to fetch anything, and to guess: what is not
// well-formed ends the reading.
package xmlstream

import (
	"errors"
	"fmt"
)

// Limits of one document. They bound memory, not documents: nothing that is
// used is close to them.
const (
	MaxToken = 16 << 20 // bytes of one tag, comment or processing instruction
	MaxDepth = 1024     // elements inside each other
	maxNames = 4096     // different names that are remembered; further ones cost an allocation each
)

// ErrDoctype says that the document has a document type declaration.
var ErrDoctype = errors.New("xmlstream: the document has a DOCTYPE, which is not read for safety")

// SyntaxError says where a document stops being well-formed.
type SyntaxError struct {
	Line, Column int // 1-based; the column counts characters
	Problem      string
	Err          error // ErrDoctype, or nil
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("xmlstream: line %d, column %d: %s", e.Line, e.Column, e.Problem)
}

func (e *SyntaxError) Unwrap() error { return e.Err }

// Kind is the kind of a token.
type Kind uint8

// Kinds.
const (
	EOF      Kind = iota // the document is over, and was well-formed
	Start                // a start tag; an empty-element tag is a Start and an End
	End                  // an end tag
	Text                 // character data, with references resolved and line ends normalised; CDATA sections too
	Comment              // a comment
	ProcInst             // a processing instruction; not the XML declaration
)

// Name is a qualified name with the namespace that its prefix is bound to.
type Name struct {
	Space  string // the namespace's URI; "" for none
	Prefix string
	Local  string
}

// Attr is one attribute that is not a namespace declaration. Value is normalised
// (XML 1.0, 3.3.3) and valid until the next call of Next.
type Attr struct {
	Name
	Value []byte
}

// Namespace is one declaration: a prefix ("" for the default) and its URI.
type Namespace struct{ Prefix, URI string }

// Token is what Next found. Its slices are valid until the next call.
type Token struct {
	Kind
	Name               // of a Start and an End; of a ProcInst, Local is the target
	Attrs  []Attr      // of a Start, in document order
	Spaces []Namespace // declared by a Start, in document order
	Data   []byte      // of Text, Comment and ProcInst
}

// Attr returns the value of the attribute without a namespace, or nil.
func (t *Token) Attr(local string) []byte {
	for i := range t.Attrs {
		if a := &t.Attrs[i]; a.Local == local && a.Space == "" {
			return a.Value
		}
	}
	return nil
}

// Namespaces that XML itself binds.
const (
	XML   = "http://www.w3.org/XML/1998/namespace"
	XMLNS = "http://www.w3.org/2000/xmlns/"
)
