package browser

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"example.com/samepage/samlcheck/transcript"
)

// How much of one page is kept. A page that has more is recorded up to here:
// what tells one login from another stands near the top.
const (
	maxBlocks  = 400
	maxBlock   = 400 // characters of one block
	maxLinks   = 400
	maxForms   = 40
	maxFields  = 80
	maxKeys    = 500
	maxTokens  = 100
	maxCookies = 100
	maxHeader  = 2048 // bytes of a header value
)

// requestIDs are the headers by which an SP's own people find a request again.
var requestIDs = []string{
	"X-Request-Id", "Request-Id", "X-Correlation-Id", "Correlation-Id", "X-Trace-Id", "Traceparent", "Cf-Ray",
	"X-Amzn-Trace-Id", "X-Amzn-Requestid", "X-Amz-Cf-Id", "X-Ms-Request-Id", "X-Okta-Request-Id", "X-Runtime-Id",
	"Fly-Request-Id", "X-Vercel-Id", "X-Cloud-Trace-Context",
}

// Observe reads an answer into the hop. The hop's URL must be the real one,
// with its fragment; Observe replaces it by CutURL of itself and the secrets in
// it become Tokens. Call it exactly once for every hop, with a nil header and
// body where no answer came: it is what keeps secrets out of the record.
//
// Nothing that a service provider sends makes it fail: a page that cannot be
// read is said in the hop's Error.
//
// Noscript text and links are left out even for a browser that runs no scripts:
// everybody who signs in has scripts, and "please enable JavaScript" is the
// same for success and refusal.
func Observe(hop *transcript.Hop, header http.Header, body []byte) { ObservePage(hop, header, body) }

// A Page is an answer's page, taken apart once for Observe and Next.
type Page struct{ doc *html.Node }

// ObservePage is Observe, and gives what it took apart: nil where that is no page,
// or one that cannot be read.
func ObservePage(hop *transcript.Hop, header http.Header, body []byte) *Page {
	observeHead(hop, header, body)
	return readBody(hop, header.Get("Content-Type"), body)
}

func observeHead(hop *transcript.Hop, header http.Header, body []byte) {
	hop.Tokens = urlTokens(hop.URL)
	hop.URL = CutURL(hop.URL)
	hop.Error = cut(hop.Error, true)
	hop.Size = int64(len(body))
	hop.ContentType = shorten(header.Get("Content-Type"), maxHeader)
	hop.Location = shorten(CutURL(header.Get("Location")), maxHeader)
	hop.Date = shorten(header.Get("Date"), maxHeader)
	hop.RetryAfter = shorten(header.Get("Retry-After"), maxHeader)
	hop.Cookies = cookies(header)
	for _, name := range requestIDs {
		if v := header.Get(name); v != "" {
			if hop.RequestIDs == nil {
				hop.RequestIDs = map[string]string{}
			}
			hop.RequestIDs[strings.ToLower(name)] = shorten(v, 200)
		}
	}
}

func readBody(hop *transcript.Hop, contentType string, body []byte) (p *Page) {
	// x/net/html has had panics on hostile pages. One more must not end a run.
	defer func() {
		if v := recover(); v != nil {
			p = nil
			failed(hop, fmt.Sprint(Unread, v))
		}
	}()
	switch kindOf(contentType, body) {
	case kindJSON:
		readJSON(hop, body)
	case kindHTML:
		base, err := url.Parse(hop.URL)
		if err != nil {
			base = &url.URL{}
		}
		doc, err := parsePage(decode(contentType, body))
		if err != nil {
			failed(hop, Unread+err.Error())
			return nil
		}
		readPage(hop, doc, base)
		return &Page{doc}
	case kindText:
		b := blocks{}
		for line := range strings.Lines(decode(contentType, body)) {
			b.write(line)
			b.end()
		}
		hop.Blocks = b.all
	case kindOther:
	}
	return nil
}

// failed adds an error to a hop that may have one already.
func failed(hop *transcript.Hop, words string) {
	if hop.Error == "" {
		hop.Error = cut(words, true)
	}
}

// shorten cuts a string to n bytes, at a character.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// blocks gathers visible text, one entry for every run between block elements.
type blocks struct {
	all []string
	now strings.Builder
}

func (b *blocks) write(s string) {
	if len(b.all) < maxBlocks && b.now.Len() < 16*maxBlock {
		b.now.WriteString(s)
	}
}

func (b *blocks) end() {
	if b.now.Len() == 0 {
		return
	}
	text := clean(b.now.String())
	b.now.Reset()
	if text != "" && len(b.all) < maxBlocks {
		b.all = append(b.all, text)
	}
}

// clean folds white space, cuts tokens, and keeps the first characters. Tokens
// go first: half a secret is still one.
func clean(s string) string {
	s = cut(strings.Join(strings.Fields(s), " "), false)
	if n := []rune(s); len(n) > maxBlock {
		return string(n[:maxBlock]) + "…"
	}
	return s
}
