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
