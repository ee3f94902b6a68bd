package bundle

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck/xmlstream"
)

// indented is a message with a line for each element; what stands on the lines
// is as it was sent. The error says why it cannot be: it is not well-formed, or
// has a document type.
func indented(xml string) (string, error) {
	xml = strings.TrimPrefix(xml, "\ufeff")
	s := xmlstream.New(strings.NewReader(xml))
	l := lines{xml: xml}
	l.out.Grow(len(xml) + len(xml)/2)
	for {
		t, err := s.Next()
		if err != nil {
			return "", err
		}
		if t.Kind == xmlstream.EOF {
			return l.out.String(), nil
		}
		if begin, end, ok := s.Span(); t.Kind != xmlstream.Text && ok {
			l.add(t.Kind, int(begin), int(end), s.Depth())
		}
	}
}

// lines puts tags on lines of their own.
type lines struct {
	xml  string
	out  strings.Builder
	last xmlstream.Kind
	from int // the end of what was written
}

// add writes what stands before a tag, if it is more than blanks, and the tag. A
// value stays on the line of its element.
func (l *lines) add(kind xmlstream.Kind, begin, end, depth int) {
	if end <= l.from {
		l.last = kind // the end of an empty-element tag, which was written with its beginning
		return
	}
	value := kind == xmlstream.End && l.last == xmlstream.Start
	text := l.xml[l.from:begin]
	if words := strings.TrimSpace(text); l.from == 0 && words != "" {
		l.out.WriteString(words) // the XML declaration
		text = ""
	} else if !value && words == "" {
		text = ""
	}
	l.out.WriteString(text)
	if !value && text == "" && l.out.Len() > 0 {
		if kind == xmlstream.Start {
			depth-- // it counts itself
		}
		l.out.WriteByte('\n')
		for range depth {
			l.out.WriteString("  ")
		}
	}
	l.out.WriteString(l.xml[begin:end])
	l.last, l.from = kind, end
}

// lasting is a line without what differs between any two messages, whatever was
// changed: ids, times and digests.
func lasting(line string) string {
	line = strings.TrimSpace(line)
	for _, mark := range []func(string) (from, to int){fleeting, digested} {
		var b strings.Builder
		for rest := line; ; {
			from, to := mark(rest)
			if from < 0 {
				if b.Len() > 0 {
					line = b.String() + rest
				}
				break
			}
			b.WriteString(rest[:from] + "*")
			rest = rest[to:]
		}
	}
	return line
}

// fleeting is where the value of the first attribute stands that no two messages
// share; -1 for none.
func fleeting(s string) (from, to int) {
	for at := 0; ; {
		n := strings.Index(s[at:], `="`)
		if n < 0 {
			return -1, -1
		}
		name := s[at : at+n]
		name = name[strings.LastIndexFunc(name, func(r rune) bool { return separates(r) && r != '_' })+1:]
		from = at + n + 2
		end := strings.IndexByte(s[from:], '"')
		if end < 0 {
			return -1, -1
		}
		if slices.Contains([]string{"ID", "InResponseTo", "IssueInstant", "AuthnInstant", "NotBefore", "NotOnOrAfter", "SessionIndex", "SessionNotOnOrAfter", "URI"}, name) {
			return from, from + end
		}
		at = from + end
	}
}

// digested is where the first digest, signature or encrypted text stands; -1 for
// none.
func digested(s string) (from, to int) {
	for at := 0; ; {
		n := strings.IndexByte(s[at:], '<')
		if n < 0 {
			return -1, -1
		}
		at += n + 1
		name := s[at:]
		if end := strings.IndexAny(name, " />\t"); end >= 0 {
			name = name[:end]
		}
		name = name[strings.IndexByte(name, ':')+1:]
		end := strings.IndexByte(s[at:], '>')
		if end < 0 {
			return -1, -1
		}
		if name == "DigestValue" || name == "SignatureValue" || name == "CipherValue" {
			from = at + end + 1
			to = len(s)
			if n := strings.IndexByte(s[from:], '<'); n >= 0 {
				to = from + n
			}
			return from, to
		}
		at += end
	}
}
