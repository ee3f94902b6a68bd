package metadata

import (
	"bytes"
	"fmt"

	"example.com/samepage/samlcheck/xmlstream"
)

// What no entity's metadata comes near, and what a tree of it would cost too
// much memory.
const (
	mostElements   = 200_000
	mostAttributes = 1_000 // of one element
)

// excessive looks at the size of a document before a tree is made of it. What is
// wrong with its XML is for the tree's reader to say.
func excessive(text []byte) *Error {
	s := xmlstream.New(bytes.NewReader(text))
	for n := 0; ; {
		t, err := s.Next()
		if err != nil || t.Kind == xmlstream.EOF {
			return nil //nolint:nilerr // the reader of the tree says it better
		}
		if t.Kind != xmlstream.Start {
			continue
		}
		n++
		what := ""
		switch {
		case len(t.Attrs) > mostAttributes:
			what = fmt.Sprintf("an element with %d attributes", len(t.Attrs))
		case n > mostElements:
			what = fmt.Sprintf("more than %d elements", mostElements)
		}
		if what != "" {
			line, column := s.Position()
			return &Error{Line: line, Column: column, Problem: what + ", which no metadata has", Hint: "look at where it comes from, and do not use it"}
		}
	}
}
