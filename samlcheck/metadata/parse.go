package metadata

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"unicode/utf16"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
)

// ErrSeveral is the cause where a document holds more than the one entity that
// is read here, or is so large that it must: package aggregate reads those.
var ErrSeveral = errors.New("metadata: several entities")

// An Error says in one line what was read instead of metadata, and what to do.
type Error struct {
	Source       string
	Line, Column int    // 1-based; 0 when there is no place
	Problem      string // what is wrong
	Hint         string // what to do
	Err          error  // the cause, if there is one
}

func (e *Error) Error() string {
	s := e.Source
	if e.Line > 0 {
		s += fmt.Sprintf(":%d:%d", e.Line, e.Column)
	}
	s += ": " + e.Problem
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Read reads the file at path.
func Read(path string) (*Doc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	defer f.Close()
	raw, err := readBounded(f, path)
	if err != nil {
		return nil, err
	}
	return Parse(raw, path)
}

// Parse reads a document; source is its file name or URL, for messages. The
// error is an *Error.
func Parse(raw []byte, source string) (*Doc, error) {
	if len(raw) > MaxSize {
		return nil, tooLarge(source)
	}
	text, err := toUTF8(raw)
	if err != nil {
		return nil, &Error{Source: source, Problem: err.Error(), Hint: "save it as UTF-8"}
	}
	if e := notXML(text); e != nil {
		e.Source = source
		return nil, e
	}
	if e := excessive(text); e != nil {
		e.Source = source
		return nil, e
	}
	tree, err := message.ParseTree(text)
	if err != nil {
		return nil, unreadable(err, source)
	}
	d := &Doc{Raw: text, Source: source, Root: tree.Root, tree: tree}
	d.Entity, err = theEntity(d)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func unreadable(err error, source string) *Error {
	if errors.Is(err, message.ErrDoctype) {
		return &Error{Source: source, Problem: "the document has a DOCTYPE, which metadata never needs and which is not read for safety",
			Hint: "remove the DOCTYPE line, or download the metadata again", Err: err}
	}
	e := &Error{Source: source, Problem: "this is not well-formed XML: " + err.Error(),
		Hint: "download it again, and do not copy it out of a browser window", Err: err}
	var se *message.SyntaxError
	if errors.As(err, &se) {
		e.Line, e.Column, e.Problem = se.Line, se.Column, "this is not well-formed XML: "+se.Problem
	}
	return e
}

// theEntity finds the one entity that the document is about.
func theEntity(d *Doc) (*etree.Element, error) {
	bad := func(problem, hint string) (*etree.Element, error) {
		return nil, &Error{Source: d.Source, Line: d.Line(d.Root), Column: 1, Problem: problem, Hint: hint}
	}
	if message.Is(d.Root, message.NSMetadata, "EntityDescriptor") {
		return d.Root, nil
	}
	if message.Is(d.Root, message.NSMetadata, "EntitiesDescriptor") {
		all := message.Descendants(d.Root, message.NSMetadata, "EntityDescriptor")
		if len(all) == 1 {
			return all[0], nil
		}
		return nil, &Error{Source: d.Source, Line: d.Line(d.Root), Column: 1, Err: ErrSeveral,
			Problem: fmt.Sprintf("this is an aggregate of %d entities, and one is read at a time", len(all)),
			Hint:    "give a file with only the EntityDescriptor that you mean; `samlcheck lint` reads them all"}
	}
	switch ns := d.Root.NamespaceURI(); {
	case d.Root.Tag == "EntityDescriptor" || d.Root.Tag == "EntitiesDescriptor":
		return bad(fmt.Sprintf("the root %s is in the namespace %q instead of %q", d.Root.Tag, ns, message.NSMetadata),
			"ask whoever made it for SAML 2.0 metadata")
	case ns == message.NSProtocol || ns == message.NSAssertion:
		return bad(fmt.Sprintf("this is a SAML message (%s), not metadata", d.Root.Tag), "the metadata is another file")
	case d.Root.Tag == "html" || d.Root.Tag == "HTML":
		return bad(webPage, webPageHint)
	default:
		return bad(fmt.Sprintf("this is XML with the root <%s>, not SAML metadata, whose root is <EntityDescriptor>", d.Root.Tag),
			"download the SAML 2.0 metadata")
	}
}

const (
	webPage     = "this is a web page, not metadata: probably a login page"
	webPageHint = "sign in, open the metadata link, and save the XML itself"
)

var (
	page     = regexp.MustCompile(`(?i)^(?:\s|<!--(?s:.*?)-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b`)
	encoding = regexp.MustCompile(`^<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)["']`)
)

// notXML recognises what people save by mistake.
func notXML(text []byte) *Error {
	t := bytes.TrimSpace(text)
	switch {
	case len(t) == 0:
		return &Error{Problem: "there is nothing in it", Hint: "download the metadata again"}
	case page.Match(t[:min(len(t), 4096)]):
		return &Error{Problem: webPage, Hint: webPageHint}
	case t[0] == '{' || t[0] == '[':
		return &Error{Problem: "this is JSON, not metadata",
			Hint: "metadata is XML: look for a link named \"SAML metadata\", not OpenID configuration or an API answer"}
	case bytes.HasPrefix(t, []byte("-----BEGIN ")):
		return &Error{Problem: "this is a certificate or key, not metadata", Hint: "metadata is XML that contains the certificate"}
	case bytes.HasPrefix(t, []byte("PK\x03\x04")) || bytes.HasPrefix(t, []byte("\x1f\x8b")):
		return &Error{Problem: "this is a compressed file", Hint: "unpack it and give the XML inside"}
	case t[0] != '<':
		return &Error{Line: 1, Column: 1, Problem: "this is not XML: it begins with " + fmt.Sprintf("%.24q", t),
			Hint: "download the metadata again, and save the file instead of its text"}
	}
	if i := bytes.IndexByte(text, '<'); i > 0 && bytes.HasPrefix(text[i:], []byte("<?xml")) {
		return &Error{Line: 1, Column: 1, Problem: "there is white space before <?xml, which XML forbids", Hint: "delete everything before <?xml"}
	}
	return nil
}

// toUTF8 takes off a byte order mark and converts what Windows tools write:
// UTF-16, and the Latin-1 that a declaration names.
func toUTF8(raw []byte) ([]byte, error) {
	if t, ok := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); ok {
		return t, nil
	}
	little := bytes.HasPrefix(raw, []byte("\xff\xfe"))
	if little || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		if len(raw)%2 != 0 {
			return nil, errors.New("this is UTF-16 that is cut off in the middle of a character")
		}
		units := make([]uint16, 0, len(raw)/2)
		for i := 2; i < len(raw); i += 2 {
			hi, lo := raw[i], raw[i+1]
			if little {
				hi, lo = lo, hi
			}
			units = append(units, uint16(hi)<<8|uint16(lo))
		}
		return []byte(string(utf16.Decode(units))), nil
	}
	if m := encoding.FindSubmatch(raw); m != nil {
		switch string(bytes.ToLower(m[1])) {
		case "iso-8859-1", "latin1", "windows-1252": // their difference is a few quotation marks
			runes := make([]rune, len(raw))
			for i, b := range raw {
				runes[i] = rune(b)
			}
			return []byte(string(runes)), nil
		}
	}
	return raw, nil
}

func tooLarge(source string) *Error {
	return &Error{Source: source, Problem: fmt.Sprintf("it is larger than %d MiB", MaxSize>>20),
		Hint: "this is probably a federation's aggregate: give the file of one entity; `samlcheck lint` reads them all", Err: ErrSeveral}
}
