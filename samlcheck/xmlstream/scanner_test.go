package xmlstream_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/xmlstream"
)

// told is a document in words: text in one piece, so that readers which cut it
// differently agree.
func told(r io.Reader) ([]string, error) {
	s := xmlstream.New(r)
	var out []string
	var text strings.Builder
	say := func(f string, a ...any) {
		if text.Len() > 0 {
			out = append(out, "text "+text.String())
			text.Reset()
		}
		out = append(out, fmt.Sprintf(f, a...))
	}
	for {
		t, err := s.Next()
		if err != nil {
			return out, err
		}
		switch t.Kind {
		case xmlstream.EOF:
			return out, nil
		case xmlstream.Start:
			var as []string
			for _, a := range t.Attrs {
				as = append(as, fmt.Sprintf("{%s}%s=%q", a.Space, a.Local, a.Value))
			}
			say("start {%s}%s %s", t.Space, t.Local, strings.Join(as, " "))
		case xmlstream.End:
			say("end {%s}%s", t.Space, t.Local)
		case xmlstream.Text:
			text.Write(t.Data)
		case xmlstream.Comment:
			say("comment %s", t.Data)
		case xmlstream.ProcInst:
			say("pi %s %s", t.Local, t.Data)
		}
	}
}

// lineEnds is what encoding/xml does to text, but not to comments and processing
// instructions (XML 1.0, 2.11).
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// blanks is what it leaves as it is in values, namespaces among them (3.3.3).
var blanks = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// standard is the same by encoding/xml.
func standard(r io.Reader) ([]string, error) {
	d := xml.NewDecoder(r)
	var out []string
	var text strings.Builder
	depth := 0
	say := func(f string, a ...any) {
		if text.Len() > 0 {
			out = append(out, "text "+text.String())
			text.Reset()
		}
		out = append(out, fmt.Sprintf(f, a...))
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			var as []string
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
					continue
				}
				as = append(as, fmt.Sprintf("{%s}%s=%q", blanks.Replace(a.Name.Space), a.Name.Local, blanks.Replace(a.Value)))
			}
			say("start {%s}%s %s", blanks.Replace(t.Name.Space), t.Name.Local, strings.Join(as, " "))
		case xml.EndElement:
			depth--
			say("end {%s}%s", blanks.Replace(t.Name.Space), t.Name.Local)
		case xml.CharData:
			if depth > 0 {
				text.Write(t)
			}
		case xml.Comment:
			say("comment %s", lineEnds.Replace(string(t)))
		case xml.ProcInst:
			if t.Target != "xml" {
				say("pi %s %s", t.Target, lineEnds.Replace(string(t.Inst)))
			}
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"plain", "<a b='1'>x</a>", `start {}a {}b="1"|text x|end {}a`},
		{"empty", "<?xml version='1.0'?>\n<a/>\n", `start {}a |end {}a`},
		{"namespaces", "<p:a xmlns:p='u' xmlns='d' p:x='1' y='2'><b xmlns=''/></p:a>", `start {u}a {u}x="1" {}y="2"|start {}b |end {}b|end {u}a`},
		{"references", "<a b='&lt;&#x41;&#66;&quot;'>&amp;&apos;&gt;</a>", `start {}a {}b="<AB\""|text &'>|end {}a`},
		{"line ends", "<a b='1\r\n2\t3'>x\r\ny\rz</a>", "start {}a {}b=\"1 2 3\"|text x\ny\nz|end {}a"},
		{"line ends that are meant", "<a b='&#10;&#13;'>&#13;</a>", "start {}a {}b=\"\\n\\r\"|text \r|end {}a"},
		{"cdata", "<a>x<![CDATA[<y>]]]]>&amp;</a>", "start {}a |text x<y>]]&|end {}a"},
		{"comment and instruction", "<!-- c --><a><?p q r?></a><!--d-->", "comment  c |start {}a |pi p q r|end {}a|comment d"},
		{"bracket", "<a>]] ></a>", "start {}a |text ]] >|end {}a"},
		{"wide", "<ä é='日本'>😀</ä>", `start {}ä {}é="日本"|text 😀|end {}ä`},
		{"byte order mark", "\xef\xbb\xbf<a/>", `start {}a |end {}a`},
		{"UTF-16", "\xff\xfe<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>\x00", "start {}a |text é|end {}a"},
		{"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "start {}a |text é|end {}a"},
		{"greater in value", "<a b='>'/>", `start {}a {}b=">"|end {}a`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := told(strings.NewReader(c.in))
			require.NoError(t, err)
			assert.Equal(t, c.want, strings.Join(got, "|"))
		})
	}
}

func TestErrorsHaveTheirPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in        string
		line, col int
		says      string
	}{
		{"", 1, 1, "no element"},
		{"  x", 1, 3, "text before the root"},
		{"<a>\n<b>\n</a>", 3, 1, "</a> where </b> is expected"},
		{"<a>\n  é&x;</a>", 2, 4, "entity &x; is not defined"},
		{"<a>&</a>", 1, 4, "begins no reference"},
		{"<a>&#0;</a>", 1, 4, "no character that XML allows"},
		{"<a b=1/>", 1, 6, "not in quotation marks"},
		{"<a b='1'c='2'/>", 1, 9, "white space is missing"},
		{"<a b='<'/>", 1, 5, "< in an attribute value"},
		{"<a b='1' b='2'/>", 1, 1, "twice"},
		{"<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", 1, 1, "twice"},
		{"<p:a/>", 1, 2, "not declared"},
		{"<a p:b=''/>", 1, 1, "not declared"},
		{"<a xmlns:p=''/>", 1, 11, "declared as no namespace"},
		{"<a:b:c xmlns:a='u'/>", 1, 2, "no qualified name"},
		{"<a>]]></a>", 1, 4, "]]> in character data"},
		{"<a>\x01</a>", 1, 4, "U+0001"},
		{"<a>\xff</a>", 1, 4, "not UTF-8"},
		{"<a>\xe2\x82", 1, 4, "not UTF-8"},
		{"<a/>\n<b/>", 2, 1, "second root"},
		{"<a/>x", 1, 5, "after the root"},
		{"<a><!-- a -- b --></a>", 1, 11, "-- inside a comment"},
		{"<a><b", 1, 4, "cut off"},
		{"<a>", 1, 4, "cut off"},
		{"<a><![CDATA[x", 1, 14, "cut off"},
		{"<a><!-- x", 1, 4, "cut off"},
		{" <?xml version='1.0'?><a/>", 1, 2, "not at the very beginning"},
		{"<?xml version='2.0'?><a/>", 1, 6, "malformed"},
		{"<?xml version='1.0' encoding='EBCDIC-CP-FR'?><a/>", 1, 6, "which is not read"},
		{"<></>", 1, 2, "begins no tag"},
		{"<a></a", 1, 4, "cut off"},
	} {
		_, err := told(strings.NewReader(c.in))
		var se *xmlstream.SyntaxError
		require.ErrorAs(t, err, &se, "%q", c.in)
		assert.Contains(t, se.Error(), c.says, "%q", c.in)
		assert.Equal(t, [2]int{c.line, c.col}, [2]int{se.Line, se.Column}, "%q: %v", c.in, err)
	}
	_, err := told(strings.NewReader("<!DOCTYPE a><a/>"))
	require.ErrorIs(t, err, xmlstream.ErrDoctype)
	_, err = told(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("<a>xxxxxxxxx</a>"))))
	require.ErrorIs(t, err, iotest.ErrTimeout, "the reader's own failure is told as it is")
}

func TestLimits(t *testing.T) {
	t.Parallel()
	_, err := told(strings.NewReader(strings.Repeat("<a>", xmlstream.MaxDepth+1)))
	require.ErrorContains(t, err, "inside each other")
	_, err = told(io.MultiReader(strings.NewReader("<a b='"), io.LimitReader(endless{}, xmlstream.MaxToken+10)))
	require.ErrorContains(t, err, "larger than")
	got, err := told(io.MultiReader(strings.NewReader("<a b='"), io.LimitReader(endless{}, 5<<20), strings.NewReader("'/>")))
	require.NoError(t, err)
	assert.Len(t, got[0], len(`start {}a {}b=""`)+5<<20, "an attribute of 5 MB is read")
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func documents(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(fixtures.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".xml") {
			return err
		}
		b, err := fs.ReadFile(fixtures.FS, p)
		out[p] = string(b)
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, out)
	return out
}

// However the reader cuts the document, the tokens and the errors are the same.
func TestPiecesDoNotMatter(t *testing.T) {
	t.Parallel()
	for name, doc := range documents(t) {
		whole, werr := told(strings.NewReader(doc))
		pieces, perr := told(iotest.OneByteReader(strings.NewReader(doc)))
		assert.Equal(t, whole, pieces, name)
		assert.Equal(t, werr, perr, name)
	}
}

func TestLikeTheStandardDecoder(t *testing.T) {
	t.Parallel()
	for name, doc := range documents(t) {
		compare(t, name, doc)
	}
}

// compare holds a document against encoding/xml: what we take, it takes too,
// and sees the same.
func compare(t *testing.T, name, doc string) {
	t.Helper()
	ours, err := told(strings.NewReader(doc))
	if err != nil {
		return // stricter: namespaces, duplicates, DOCTYPE, one root
	}
	theirs, err := standard(strings.NewReader(doc))
	if err != nil {
		assert.True(t, excused(doc), "%s: encoding/xml refuses what we take: %v", name, err)
		return
	}
	if !strings.Contains(doc, "&#") { // their values were normalised here, after the references were resolved
		assert.Equal(t, theirs, ours, name)
	}
}

// excused is where encoding/xml is known to refuse what XML 1.0 fifth edition
// allows: names beyond its fourth-edition tables, other encodings, version 1.1.
func excused(doc string) bool {
	for _, r := range doc {
		if r > 0x7f {
			return true
		}
	}
	return strings.Contains(doc, "<?xml") || strings.Contains(doc, "xmlns:")
}

func FuzzScanner(f *testing.F) {
	for _, doc := range documents(f) {
		f.Add(doc)
	}
	for _, s := range []string{"<a>&#x10FFFF;]]</a>", "<a b='\r\n'><![CDATA[]]]]></a>", "<?xml version='1.0' encoding='utf-16'?><a/>", "<a:b xmlns:a='u' a:c=''/>", "<!--\r--><?p q\r\nr?><a/>", "<a:b xmlns:a='\n'/>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		whole, werr := told(strings.NewReader(doc))
		pieces, perr := told(iotest.OneByteReader(strings.NewReader(doc)))
		assert.Equal(t, fmt.Sprint(werr), fmt.Sprint(perr))
		if werr == nil {
			assert.Equal(t, whole, pieces)
		}
		compare(t, "fuzzed", doc)
	})
}
