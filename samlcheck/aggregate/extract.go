package aggregate

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/xmlstream"
)

// Entity cuts one entity out of an aggregate, so that the whole catalogue can
// judge it: the first with the entityID. Its lines are numbered as in the
// aggregate. The signature over the aggregate is not part of it.
func Entity(r io.ReadSeeker, source, entityID string) (*metadata.Doc, error) {
	f := &finder{id: entityID}
	s := xmlstream.New(r)
	for !f.found {
		t, err := s.Next()
		if err != nil {
			return nil, (&scan{o: Options{Source: source}}).explained(err)
		}
		if t.Kind == xmlstream.EOF {
			return nil, failed(source, 0, 0, fmt.Sprintf("it has no entity %q", entityID), "compare the entityID letter by letter; `samlcheck lint` counts what is there", nil)
		}
		f.take(s, t)
	}
	if !f.exact {
		return nil, failed(source, 0, 0, "it is not UTF-8, so that an entity cannot be cut out of it", "save it as UTF-8", nil)
	}
	if f.end-f.begin > metadata.MaxSize {
		return nil, failed(source, f.line, 1, "the entity is larger than any that is used", "look at what it holds", nil)
	}
	raw := make([]byte, f.end-f.begin)
	if _, err := r.Seek(f.mark(r)+f.begin, io.SeekStart); err != nil {
		return nil, fmt.Errorf("aggregate: %w", err)
	}
	if _, err := io.ReadFull(r, raw); err != nil {
		return nil, fmt.Errorf("aggregate: %w", err)
	}
	return metadata.Parse(f.wrapped(raw), source)
}

// finder looks for one entity.
type finder struct {
	id          string
	spaces      []xmlstream.Namespace // declared around it, outermost first
	levels      []int
	line, depth int
	begin, end  int64
	until       string // validUntil of what is around it, the innermost
	found       bool
	exact       bool
}

func (f *finder) take(s *xmlstream.Scanner, t *xmlstream.Token) {
	switch t.Kind {
	case xmlstream.Start:
		if f.depth > 0 {
			return
		}
		if t.Space == nsMetadata && t.Local == "EntityDescriptor" && string(t.Attr("entityID")) == f.id {
			f.begin, _, f.exact = s.Span()
			f.line, _ = s.Position()
			f.depth = s.Depth()
			return
		}
		if v := t.Attr("validUntil"); v != nil && t.Local == "EntitiesDescriptor" {
			f.until = string(v)
		}
		f.levels = append(f.levels, len(f.spaces))
		f.spaces = append(f.spaces, t.Spaces...)
	case xmlstream.End:
		if f.depth > 0 {
			_, f.end, _ = s.Span()
			f.found = s.Depth() == f.depth-1
			return
		}
		f.spaces = f.spaces[:f.levels[len(f.levels)-1]]
		f.levels = f.levels[:len(f.levels)-1]
	case xmlstream.EOF, xmlstream.Text, xmlstream.Comment, xmlstream.ProcInst:
	}
}

// mark is the length of the byte order mark, which spans do not count.
func (f *finder) mark(r io.ReadSeeker) int64 {
	head := make([]byte, 3)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return 0 // the next Seek fails too, and says so
	}
	if _, err := io.ReadFull(r, head); err == nil && string(head) == "\xef\xbb\xbf" {
		return 3
	}
	return 0
}

// wrapped puts the entity into a document in which its namespaces are declared
// and its lines are where they were.
func (f *finder) wrapped(raw []byte) []byte {
	var b bytes.Buffer
	b.WriteString(`<samlcheck:EntitiesDescriptor xmlns:samlcheck="` + nsMetadata + `"`)
	last := map[string]string{}
	for _, n := range f.spaces {
		last[n.Prefix] = n.URI
	}
	for _, prefix := range slices.Sorted(maps.Keys(last)) {
		switch {
		case prefix == "" && last[prefix] != "":
			attribute(&b, "xmlns", last[prefix])
		case prefix != "":
			attribute(&b, "xmlns:"+prefix, last[prefix])
		}
	}
	if f.until != "" {
		attribute(&b, "validUntil", f.until)
	}
	b.WriteString(">" + strings.Repeat("\n", max(f.line-1, 0)))
	b.Write(raw)
	b.WriteString("</samlcheck:EntitiesDescriptor>")
	return b.Bytes()
}

func attribute(b *bytes.Buffer, name, value string) {
	fmt.Fprintf(b, ` %s="%s"`, name, strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(value))
}
