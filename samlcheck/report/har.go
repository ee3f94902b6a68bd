package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/transcript"
)

// WriteHAR writes flow.har, HAR 1.2: one page for each step, one entry for each
// hop. It is made from the redacted record, so it holds what a bundle holds and
// no more: cookies and tokens are digests, bodies are left out, and in their
// place "_text" has the words of the page and "_fields" the names of the fields.
// Times within a step were not kept for each hop: entries have the step's
// beginning, in order, and the time -1 that means "does not apply".
func WriteHAR(w io.Writer, tool Tool, recs []transcript.Record) error {
	l := harLog{Version: "1.2", Creator: harTool{tool.Name, tool.Version}, Pages: []harPage{}, Entries: []harEntry{}}
	for _, rec := range recs {
		for _, run := range rec.Runs {
			for _, s := range run.Steps {
				l.step(rec.Face, run, s)
			}
		}
	}
	if err := l.write(w); err != nil {
		return fmt.Errorf("report: HAR: %w", err)
	}
	return nil
}

// write writes a line for each page and each entry: a full run has thousands,
// and indenting them is most of the work and a third of the file.
func (l *harLog) write(w io.Writer) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	item := func(n int, v any) error {
		line.Reset()
		if n > 0 {
			line.WriteByte(',')
		}
		line.WriteByte('\n')
		if err := enc.Encode(v); err != nil {
			return err
		}
		_, err := w.Write(bytes.TrimRight(line.Bytes(), "\n"))
		return err
	}
	creator, err := json.Marshal(l.Creator)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, `{"log": {"version": %q, "creator": %s, "pages": [`, l.Version, creator); err != nil {
		return err
	}
	for i, p := range l.Pages {
		if err := item(i, p); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(w, "\n], \"entries\": ["); err != nil {
		return err
	}
	for i, e := range l.Entries {
		if err := item(i, e); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "\n]}}\n")
	return err
}

func (l *harLog) step(face string, run transcript.Run, s transcript.Step) {
	id := run.ID + "#" + s.Name
	began := len(l.Entries)
	add := func(part string, hops []transcript.Hop) {
		for i, h := range hops {
			e := harOf(id, part, s, h)
			e.Started = s.Began.UTC().Add(time.Duration(len(l.Entries)-began) * time.Microsecond)
			if h.AtIdP && i == 0 && s.Request != nil {
				e.Request.Message = MessagePath(run.ID, s.Name, "request")
			}
			if s.Sent != nil && slices.Contains(h.Posted, "SAMLResponse") {
				e.Request.Message = MessagePath(run.ID, s.Name, "response")
				e.posted(s.Sent)
			}
			l.Entries = append(l.Entries, e)
		}
	}
	add("login", s.Login)
	add("beside", s.Beside)
	for _, v := range s.Visits {
		add("visit:"+v.Name, v.Hops)
	}
	add("surface", s.Surface)
	for _, k := range s.Looks {
		for _, v := range k.Visits {
			add("look:"+v.Name, v.Hops)
		}
	}
	if len(l.Entries) > began {
		l.Pages = append(l.Pages, harPage{Started: s.Began.UTC(), ID: id, Title: s.Do, Face: face, Trial: run.Trial})
	}
}

func harOf(page, part string, s transcript.Step, h transcript.Hop) harEntry {
	e := harEntry{
		Page: page, Time: -1, Cache: map[string]any{}, Timings: harTimings{-1, -1, -1}, Part: part, Because: h.Because, Error: h.Error,
		AtIdP: h.AtIdP, Person: s.Person, Withheld: h.Withheld,
		Request: harRequest{
			Method: h.Method, URL: absolute(h.URL), HTTP: "unknown", Cookies: []harCookie{}, Headers: []harPair{}, Query: query(h.URL),
			HeadersSize: -1, BodySize: -1,
		},
		Response: harResponse{
			Status: h.Status, StatusText: http.StatusText(h.Status), HTTP: "unknown", Cookies: harCookies(s, h), Headers: harHeaders(h),
			Redirect: h.Location, HeadersSize: -1, BodySize: h.Size, Content: harContent{
				Size: h.Size, Mime: h.ContentType, Text: h.Blocks, Title: h.Title, Truncated: h.Truncated,
			},
		},
	}
	if len(h.Posted) > 0 {
		e.Request.Post = &harPost{Mime: "application/x-www-form-urlencoded", Params: []harParam{}, Text: ""}
		for _, name := range h.Posted {
			e.Request.Post.Params = append(e.Request.Post.Params, harParam{Name: name})
		}
	}
	return e
}

// posted puts the message that was posted into the entry, as it stands in the
// bundle: redacted, its signature cut.
func (e *harEntry) posted(m *transcript.Message) {
	for i := range e.Request.Post.Params {
		p := &e.Request.Post.Params[i]
		switch p.Name {
		case "SAMLResponse":
			p.Value = base64.StdEncoding.EncodeToString([]byte(m.XML))
		case "RelayState":
			p.Value = m.RelayState
		}
	}
}

func harCookies(s transcript.Step, h transcript.Hop) []harCookie {
	out := []harCookie{}
	for _, c := range h.Cookies {
		k := harCookie{Name: c.Name, Path: c.Path, HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite}
		if c.Digest != "" {
			k.Value = "sha256:" + c.Digest
		}
		if c.Deleted {
			k.Expires = s.Began.UTC().Format(time.RFC3339)
		}
		out = append(out, k)
	}
	return out
}

func harHeaders(h transcript.Hop) []harPair {
	out := []harPair{}
	for _, p := range []harPair{{"Date", h.Date}, {"Location", h.Location}, {"Content-Type", h.ContentType}, {"Retry-After", h.RetryAfter}} {
		if p.Value != "" {
			out = append(out, p)
		}
	}
	for _, m := range []map[string]string{h.RequestIDs, h.Headers} {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			out = append(out, harPair{name, m[name]})
		}
	}
	return out
}

// absolute is a URL that readers of HAR files accept; what a broken page named
// may be none.
func absolute(raw string) string {
	if u, err := url.Parse(raw); err == nil && u.IsAbs() {
		return u.String()
	}
	return "about:blank#" + url.PathEscape(raw)
}

func query(raw string) []harPair {
	out := []harPair{}
	u, err := url.Parse(raw)
	if err != nil {
		return out
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		out = append(out, harPair{unescaped(name), unescaped(value)})
	}
	return out
}

func unescaped(s string) string {
	if t, err := url.QueryUnescape(s); err == nil {
		return t
	}
	return s
}

func digest(s string) string {
	if s == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:16]
}
