package bundle

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAMessageIsIndentedAndOtherwiseAsItWasSent(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<a x="1"><b>v</b><c/></a>`:                    "<a x=\"1\">\n  <b>v</b>\n  <c/>\n</a>",
		"\ufeff<?xml version='1.0'?>\n<a><b> </b></a>": "<?xml version='1.0'?>\n<a>\n  <b> </b>\n</a>",
		"<a>\n\n <b><!--c--><d></d></b> </a>\n":        "<a>\n  <b>\n    <!--c-->\n    <d></d>\n  </b>\n</a>",
		"<a>x<b>y</b>z</a>":                            "<a>x<b>y</b>z</a>",
		"<a><![CDATA[<b>]]></a>":                       "<a><![CDATA[<b>]]></a>",
	} {
		out, err := indented(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, out)
	}
	for in, why := range map[string]string{"<a>": "cut off", `<!DOCTYPE a><a/>`: "DOCTYPE", "": "no element"} {
		_, err := indented(in)
		require.ErrorContains(t, err, why)
	}
}

func TestWhatDiffersAnywayIsLeftOut(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`  <a ID="x" Not="y" URI="#x">`:                 `<a ID="*" Not="y" URI="*">`,
		`<ds:DigestValue>abc=</ds:DigestValue>`:         `<ds:DigestValue>*</ds:DigestValue>`,
		`<CipherValue a="b">abc`:                        `<CipherValue a="b">*`,
		`<s:SubjectConfirmationData NotOnOrAfter="1"/>`: `<s:SubjectConfirmationData NotOnOrAfter="*"/>`,
		`<Value GUID="x">ID=3</Value>`:                  `<Value GUID="x">ID=3</Value>`,
	} {
		assert.Equal(t, want, lasting(in))
	}
}

// The same as a pattern says it, which is slow to walk through a message.
func TestEverySignatureIsCut(t *testing.T) {
	t.Parallel()
	anywhere := regexp.MustCompile(`(?s)(<(?:[^<>:/\s]+:)?SignatureValue[^>]*>)[^<]*(</)`)
	rapid.Check(t, func(rt *rapid.T) {
		part := rapid.SampledFrom([]string{"<", ">", "</", "SignatureValue", "ds:", "a.b-c:", "\n", "AbC+/=", " Id='<'", "<SignatureValue>", "</ds:SignatureValue>", "é"})
		xml := strings.Join(rapid.SliceOfN(part, 0, 14).Draw(rt, "xml"), "")
		if want, got := anywhere.ReplaceAllString(xml, "${1}"+cutSignature+"${2}"), unsigned(xml); got != want {
			rt.Fatalf("%q -> %q, not %q", xml, got, want)
		}
	})
}

// Of a certificate the beginning is shown, and two that differ at their ends look
// different; all else is shown as it is.
func TestLongBase64IsAbridged(t *testing.T) {
	t.Parallel()
	show := func(text string) string {
		var b strings.Builder
		abridged(&b, text)
		return b.String()
	}
	words := strings.Repeat("not base64, ", 100)
	for _, as := range []string{"", "<a>\n  <b>" + strings.Repeat("A", longestShown) + "</b>\n</a>", words, words + "\n" + words} {
		assert.Equal(t, as, show(as))
	}
	long := strings.Repeat("MIID", 200)
	one, other := show("  <c a='1'>"+long+"AA==</c>\n<d/>"), show("  <c a='1'>"+long+"AQ==</c>\n<d/>")
	assert.Regexp(t, `^  <c a='1'>(MIID){10}\.\.\.\[804 characters, SHA-256 [0-9a-f]{16}\.\.\.\]</c>\n<d/>$`, one)
	assert.NotEqual(t, one, other)
	wrapped := strings.Repeat(strings.Repeat("A", 76)+"\n", 6) + "AAAA"
	assert.Regexp(t, `^<c>A{40}\.\.\.\[466 characters, SHA-256 [0-9a-f]{16}\.\.\.\]</c>$`, show("<c>"+wrapped+"</c>"))
}
