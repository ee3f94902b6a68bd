package aggregate

import (
	"crypto/sha256"
	"io"
	"maps"
	"slices"

	"example.com/samepage/samlcheck/xmlstream"
)

// Comparison says which entities of an aggregate are new, gone or changed. Of
// several with one entityID the last counts.
type Comparison struct {
	Was, Is                 int // entities
	Added, Removed, Changed []string
}

// Compare reads two aggregates, one after the other. It remembers a digest of
// each entity and nothing else of it. White space in tags, the order of
// attributes and prefixes that mean the same are no changes; the errors are
// those of Scan.
func Compare(was, is io.Reader, wasName, isName string) (*Comparison, error) {
	old, err := index(was, wasName)
	if err != nil {
		return nil, err
	}
	now, err := index(is, isName)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Was: len(old), Is: len(now)}
	for _, id := range slices.Sorted(maps.Keys(now)) {
		sum, there := old[id]
		switch {
		case !there:
			c.Added = append(c.Added, id)
		case sum != now[id]:
			c.Changed = append(c.Changed, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if _, there := now[id]; !there {
			c.Removed = append(c.Removed, id)
		}
	}
	return c, nil
}

type digest [keySize]byte

// index digests the canonical form of every entity.
func index(r io.Reader, source string) (map[string]digest, error) {
	out := map[string]digest{}
	s := xmlstream.New(r)
	var c *xmlstream.Canonical
	h := sha256.New()
	id, depth := "", 0
	var outer []xmlstream.Namespace
	for {
		t, err := s.Next()
		if err != nil {
			return nil, (&scan{Scanner: s, o: Options{Source: source}}).explained(err)
		}
		switch {
		case t.Kind == xmlstream.EOF:
			return out, nil
		case t.Kind == xmlstream.Start && c == nil && t.Space == nsMetadata && t.Local == "EntityDescriptor":
			id, depth = string(t.Attr("entityID")), s.Depth()
			h.Reset()
			c = xmlstream.NewCanonical(h, xmlstream.Form{Exclusive: true}, outer...)
		case t.Kind == xmlstream.Start && c == nil:
			outer = append(outer, t.Spaces...)
		}
		if c == nil {
			continue
		}
		c.Add(t)
		if t.Kind == xmlstream.End && s.Depth() == depth-1 {
			if err := c.Close(); err != nil {
				return nil, err
			}
			var sum digest
			copy(sum[:], h.Sum(nil))
			out[id], c = sum, nil
		}
	}
}
