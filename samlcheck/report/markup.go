package report

import (
	"strings"
)

// A markup is one piece of an XML text as it stands there: a start tag, an end
// tag, an empty element, text, or something else (a comment, a declaration).
// The splitting is lexical and never fails: what is shown must be what was sent,
// well formed or not.
type markup struct {
	kind byte // 's' start, 'e' end, 'm' empty element, 't' text, 'x' anything else
	text string
}

func split(xml string) []markup {
	var out []markup
	for len(xml) > 0 {
		n, kind := 0, byte('t')
		if xml[0] != '<' {
			if n = strings.IndexByte(xml, '<'); n < 0 {
				n = len(xml)
			}
		} else {
			n, kind = tag(xml)
		}
		out = append(out, markup{kind, xml[:n]})
		xml = xml[n:]
	}
	return out
}

// tag measures what begins with "<".
func tag(xml string) (n int, kind byte) {
	until := func(end string) int {
		if i := strings.Index(xml, end); i >= 0 {
			return i + len(end)
		}
		return len(xml)
	}
	switch {
	case strings.HasPrefix(xml, "<!--"):
		return until("-->"), 'x'
	case strings.HasPrefix(xml, "<![CDATA["):
		return until("]]>"), 't'
	case strings.HasPrefix(xml, "<?"):
		return until("?>"), 'x'
	case strings.HasPrefix(xml, "<!"):
		return doctype(xml), 'x'
	case strings.HasPrefix(xml, "</"):
		return until(">"), 'e'
	}
	var quote byte
	for i := range len(xml) {
		switch c := xml[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			if xml[i-1] == '/' {
				return i + 1, 'm'
			}
			return i + 1, 's'
		}
	}
	return len(xml), 'x'
}

// doctype measures a declaration with its internal subset.
func doctype(xml string) int {
	depth := 0
	for i := range len(xml) {
		switch xml[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '>':
			if depth <= 0 {
				return i + 1
			}
		}
	}
	return len(xml)
}

// What is shown of a message.
const (
	mostLines = 400
	mostText  = 240 // of one text or tag
	wideTag   = 170 // a longer start tag has its attributes on lines of their own
)

// A xmlLine is one line of a message: as it is, and as it is shown.
type xmlLine struct{ full, shown string }

// pretty is an XML text on lines, indented. An element that holds only text and
// comments stays on one line, for there every blank counts; a long tag is
// broken at its attributes.
func pretty(xml string) []xmlLine {
	var out []xmlLine
	ms := split(xml)
	depth := 0
	add := func(d int, s string) {
		indent := strings.Repeat("  ", max(0, min(d, 24)))
		out = append(out, xmlLine{indent + s, indent + elide(s)})
	}
	for i := 0; i < len(ms); i++ {
		m := ms[i]
		switch m.kind {
		case 's':
			lines, n := attributes(m.text), flat(ms[i:])
			for _, x := range ms[min(i+1, i+n) : i+n] {
				lines[len(lines)-1] += oneLine(x.text)
			}
			for k, l := range lines {
				add(depth+min(k, 1)*2, l)
			}
			if n > 0 {
				i += n - 1
			} else {
				depth++
			}
		case 'e':
			depth--
			add(depth, m.text)
		case 'm':
			for k, l := range attributes(m.text) {
				add(depth+min(k, 1)*2, l)
			}
		default:
			if strings.TrimSpace(m.text) != "" {
				add(depth, oneLine(m.text))
			}
		}
	}
	return out
}

// flat is how many pieces an element has that holds only text and comments and
// is closed; 0 for any other.
func flat(ms []markup) int {
	for i, m := range ms[1:] {
		switch m.kind {
		case 's', 'm':
			return 0
		case 'e':
			return i + 2
		}
	}
	return 0
}

// attributes breaks a long tag at its attributes.
func attributes(tag string) []string {
	tag = oneLine(tag)
	if len(tag) <= wideTag {
		return []string{tag}
	}
	var out []string
	var quote byte
	from := 0
	for i := range len(tag) {
		switch c := tag[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ' ' && i > from:
			out = append(out, tag[from:i])
			from = i + 1
		}
	}
	return append(out, tag[from:])
}

// oneLine shows line ends as a blank, and other white space as it is.
func oneLine(s string) string { return strings.NewReplacer("\r\n", " ", "\n", " ").Replace(s) }

// elide leaves out the middle of what nobody reads: a certificate.
func elide(s string) string {
	if len(s) <= mostText {
		return s
	}
	return strings.ToValidUTF8(s[:mostText*2/3], "") + " … " + strings.ToValidUTF8(s[len(s)-mostText/4:], "")
}
