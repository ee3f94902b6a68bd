package capture_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/capture"
	"example.com/samepage/samlcheck/capture/capturetest"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Whoever saved the file, it is the same login.
func TestEveryShape(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"okta", "entra"} {
		s := capturetest.NewScene(t, face, samepage.Options{})
		es := s.Login(t, s.Reply())
		for _, shape := range capturetest.Shapes() {
			t.Run(face+"/"+string(shape), func(t *testing.T) {
				t.Parallel()
				res, err := capture.Read(bytes.NewReader(capturetest.File(shape, es)), capture.Options{SP: s.SPDoc, IdP: s.IdPDoc})
				require.NoError(t, err)
				assert.Equal(t, face, res.Record.Face)
				assert.Equal(t, len(es), res.Seen)
				require.Len(t, res.Record.Runs, 1)
				run := res.Record.Runs[0]
				assert.Equal(t, trial.Clean().Key(), run.Key)
				step := run.Last()
				require.NotNil(t, step.Request)
				assert.Equal(t, "HTTP-Redirect", step.Request.Binding)
				require.NotNil(t, step.Sent)
				assert.Equal(t, transcript.SignatureGood, step.Sent.Signature)
				assert.Equal(t, s.Profile.ACS[0], step.Sent.URL)
				require.Len(t, step.Login, len(es))
				assert.False(t, step.Login[0].AtIdP)
				assert.True(t, step.Login[1].AtIdP)
				assert.Equal(t, "redirect", step.Login[1].Because)
				assert.Contains(t, step.Login[2].Posted, "SAMLResponse")
				assert.Equal(t, s.SP.HomeURL, step.Rest().URL)
				require.Len(t, res.Record.People, 1)
				assert.Equal(t, samepage.KnownMember, res.Record.People[0].Email)
				if shape != capturetest.Tracer && shape != capturetest.TracerOld {
					assert.NotEmpty(t, step.Rest().Blocks, "the pages are read")
					assert.WithinDuration(t, es[0].Began, step.Began, 1e9)
				}
			})
		}
	}
}

// A signature counts by the metadata's certificate, and by no other.
func TestSignatureIsVerifiedByTheMetadata(t *testing.T) {
	t.Parallel()
	s, other := capturetest.NewScene(t, "entra", samepage.Options{}), capturetest.NewScene(t, "entra", samepage.Options{})
	file := capturetest.File(capturetest.Chrome, s.Login(t, s.Reply()))
	sent := func(o capture.Options, file []byte) string {
		res, err := capture.Read(bytes.NewReader(file), o)
		require.NoError(t, err)
		return res.Record.Runs[0].Last().Sent.Signature
	}
	assert.Equal(t, transcript.SignatureGood, sent(capture.Options{IdP: s.IdPDoc}, file))
	assert.Equal(t, transcript.SignatureOther, sent(capture.Options{IdP: other.IdPDoc}, file))
	assert.Equal(t, transcript.SignatureUnverified, sent(capture.Options{}, file))

	res, err := capture.Read(bytes.NewReader(file), capture.Options{})
	require.NoError(t, err)
	xml := strings.Replace(res.Record.Runs[0].Last().Sent.XML, samepage.KnownMember, "mallory@acme.example", 1)
	assert.True(t, strings.HasPrefix(sent(capture.Options{IdP: s.IdPDoc}, []byte(xml)), "broken: "))
}

func TestPasted(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	es := s.Login(t, s.Reply())
	response := es[capturetest.Answering(es)].Field("SAMLResponse")
	xml, err := base64.StdEncoding.DecodeString(response)
	require.NoError(t, err)
	asked, err := url.Parse(es[1].URL)
	require.NoError(t, err)
	for name, text := range map[string]string{
		"base64": response, "base64 in lines": response[:70] + "\n" + response[70:] + "\n", "URL-encoded": url.QueryEscape(response),
		"XML": string(xml), "with a byte order mark": "\ufeff" + string(xml), "form": "SAMLResponse=" + url.QueryEscape(response) + "&RelayState=x",
	} {
		t.Run("response/"+name, func(t *testing.T) {
			t.Parallel()
			res, err := capture.Read(strings.NewReader(text), capture.Options{IdP: s.IdPDoc})
			require.NoError(t, err)
			assert.Equal(t, "Response", res.Kind)
			require.NotNil(t, res.Record.Runs[0].Last().Sent)
			assert.Equal(t, transcript.SignatureGood, res.Record.Runs[0].Last().Sent.Signature)
			assert.False(t, res.Began.IsZero(), "judged at its own time")
		})
	}
	for name, text := range map[string]string{
		"deflated": asked.Query().Get("SAMLRequest"), "deflated, URL-encoded": url.QueryEscape(asked.Query().Get("SAMLRequest")),
		"address": es[1].URL, "query": asked.RawQuery,
	} {
		t.Run("request/"+name, func(t *testing.T) {
			t.Parallel()
			res, err := capture.Read(strings.NewReader(text), capture.Options{})
			require.NoError(t, err)
			assert.Equal(t, "AuthnRequest", res.Kind)
			assert.Contains(t, res.Record.Runs[0].Last().Request.XML, "AuthnRequest")
		})
	}
}

// What cannot be used is said in words that help.
func TestWhatIsNoCapture(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, says string }{
		"nothing":       {"  \n", "empty"},
		"other JSON":    {`{"name": "value"}`, "neither a HAR nor a SAML-tracer export"},
		"JSON list":     {`[1,2]`, "list"},
		"broken JSON":   {`{"lag" 1`, "no JSON that can be read"},
		"no entry":      {`{"log":{"entries":[{"request":`, "breaks off before its first request"},
		"no message":    {`{"log":{"entries":[{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":200}}]}}`, "no SAML message is in it"},
		"binary":        {"\x7fELF\x00\x01\x02", "binary"},
		"archive":       {"PK\x03\x04\x00\x00", "archive"},
		"words":         {"hello there", "no SAML message can be read"},
		"a page":        {"<html><body>Sign in</body></html>", "web page"},
		"metadata":      {`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>`, "metadata"},
		"assertion":     {`<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>`, "assertion alone"},
		"doctype":       {`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, "cannot be read as XML"},
		"cut DEFLATE":   {"fZFBT8MwDIX", "no SAML message can be read"},
		"other base64":  {base64.StdEncoding.EncodeToString([]byte("just words, no XML at all")), "neither XML nor DEFLATE"},
		"no requests":   {`{"requests":[]}`, "no SAML message is in it"},
		"unread answer": {`{"requests":[{"method":"POST","url":"https://a.example/acs","post":[["SAMLResponse","%%%"]]}]}`, "SAMLResponse: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := capture.Read(strings.NewReader(c.text), capture.Options{})
			require.ErrorContains(t, err, c.says)
			var bad *capture.Error
			require.ErrorAs(t, err, &bad)
			assert.NotEmpty(t, bad.Hint())
		})
	}
}

// Of a file that is cut off, what was read until then is used.
func TestCutOff(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	file := capturetest.File(capturetest.Firefox, s.Login(t, s.Reply()))
	res, err := capture.Read(bytes.NewReader(file[:len(file)-200]), capture.Options{})
	require.NoError(t, err)
	require.NotEmpty(t, res.Notes)
	assert.Contains(t, res.Notes[0], "breaks off after 3 requests")
	assert.NotNil(t, res.Record.Runs[0].Last().Sent)
}

// A body is read up to a limit, however long it is.
func TestLongBodiesAreSkipped(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	es := s.Login(t, s.Reply())
	file := capturetest.File(capturetest.Chrome, es)
	const mark = `"entries": [`
	i := bytes.Index(file, []byte(mark)) + len(mark)
	entry := `{"startedDateTime":"2026-01-01T00:00:00Z","_resourceType":"image","request":{"method":"GET","url":"https://cdn.example/a.png","headers":[]},` +
		`"response":{"status":200,"headers":[],"content":{"mimeType":"image/png","encoding":"base64","text":"`
	const long = 64 << 20
	in := io.MultiReader(bytes.NewReader(file[:i]), strings.NewReader(entry), io.LimitReader(same{}, long), strings.NewReader(`"}}},`), bytes.NewReader(file[i:]))
	res, err := capture.Read(in, capture.Options{IdP: s.IdPDoc})
	require.NoError(t, err)
	assert.Equal(t, len(es)+1, res.Seen)
	assert.Equal(t, transcript.SignatureGood, res.Record.Runs[0].Last().Sent.Signature)
	assert.Contains(t, strings.Join(res.Notes, "\n"), "1 bodies of more than 4 MB were skipped")
}

// same is endless base64, with an escape now and then.
type same struct{}

func (same) Read(p []byte) (int, error) {
	copy(p, strings.Repeat(`iVBORw0KGgo\/`, len(p)/13+1))
	return len(p), nil
}

// Pictures and scripts are no pages, and other people's pages no part of the login.
func TestNoiseIsLeftOut(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	es := s.Login(t, s.Reply())
	noise := es[0]
	noise.URL, noise.Status, noise.Resource, noise.Given = "https://news.example/", 200, "document", nil
	picture := noise
	picture.URL, picture.Resource = "https://news.example/a.png", "image"
	all := append([]capturetest.Entry{noise, picture}, es...)
	res, err := capture.Read(bytes.NewReader(capturetest.File(capturetest.Chrome, append(all, picture, noise))), capture.Options{})
	require.NoError(t, err)
	require.Len(t, res.Record.Runs, 1)
	assert.Len(t, res.Record.Runs[0].Last().Login, len(es))
}

// Two logins in one file are two runs, in order.
func TestTwoLogins(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	es := append(s.Login(t, s.Reply()), s.Login(t, s.Reply())...)
	res, err := capture.Read(bytes.NewReader(capturetest.File(capturetest.Firefox, es)), capture.Options{})
	require.NoError(t, err)
	require.Len(t, res.Record.Runs, 2)
	assert.Equal(t, trial.CleanAgain().Key(), res.Record.Runs[1].Key)
	assert.NotNil(t, res.Record.Runs[1].Last().Sent)
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"log":{"entries":[{"request":{"url":"https://a/?SAMLRequest=x"}}]}}`, `{"requests":[{"post":[["SAMLResponse","PHg+"]]}]}`, "SAMLResponse=PHg%2b", "<a/>", "fZE="} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		res, err := capture.Read(bytes.NewReader(file), capture.Options{})
		if err == nil && len(res.Record.Runs) == 0 {
			t.Fatal("no error, and no login")
		}
	})
}
