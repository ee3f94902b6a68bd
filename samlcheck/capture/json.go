package capture

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// readJSON reads a HAR or an export of SAML-tracer, told apart by their members.
func (o Options) readJSON(in *bufio.Reader) (*Result, error) {
	c := newClip(in, longest)
	d := &document{dec: json.NewDecoder(c), t: newTrace(o)}
	err := d.read()
	res := &Result{Kind: d.kind, Seen: d.seen}
	if d.creator != "" {
		res.Kind += " of " + d.creator
	}
	switch {
	case d.kind == "":
		advice := "a HAR has a member \"log\", a SAML-tracer export \"requests\"; " + howToRecord
		if err != nil {
			return nil, &Error{Problem: "this is no JSON that can be read: " + err.Error(), Advice: advice, err: err}
		}
		return nil, &Error{Problem: "this is JSON, and neither a HAR nor a SAML-tracer export", Advice: advice}
	case err != nil && d.seen == 0:
		return nil, &Error{Problem: fmt.Sprintf("the %s breaks off before its first request: %v", d.kind, err), Advice: howToRecord, err: err}
	case err != nil:
		res.Notes = append(res.Notes, fmt.Sprintf("the %s breaks off after %d requests (%v); what was read until then is used", d.kind, d.seen, broken(err)))
	}
	if c.cuts > 0 {
		res.Notes = append(res.Notes, fmt.Sprintf("%d bodies of more than %d MB were skipped", c.cuts, longest>>20))
	}
	return d.t.result(res)
}

func broken(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "the file ends there"
	}
	return err.Error()
}

// document reads the two formats, member by member.
type document struct {
	dec     *json.Decoder
	t       *trace
	kind    string
	creator string
	seen    int
}

// read walks the top level; the lists of requests are read one at a time.
func (d *document) read() error {
	return d.members(func(name string) error {
		switch name {
		case "log":
			d.kind = "HAR"
			return d.members(d.log)
		case "requests":
			d.kind = "SAML-tracer export"
			return d.list(func() error {
				var r tracerRequest
				if err := d.dec.Decode(&r); err != nil {
					return err
				}
				d.t.add(r.exchange())
				return nil
			})
		}
		return d.skip()
	})
}

func (d *document) log(name string) error {
	switch name {
	case "creator", "browser":
		var by struct {
			Name    string `json:"name"`
			Version string `json:"version"`
		}
		if err := d.dec.Decode(&by); err != nil {
			return err
		}
		d.creator = strings.TrimSpace(by.Name + " " + by.Version)
		return nil
	case "entries":
		return d.list(func() error {
			var e harEntry
			if err := d.dec.Decode(&e); err != nil {
				return err
			}
			d.t.add(e.exchange())
			return nil
		})
	}
	return d.skip()
}

// members calls f at each member of the object that comes next.
func (d *document) members(f func(name string) error) error {
	if err := d.opens('{'); err != nil {
		return err
	}
	for d.dec.More() {
		t, err := d.dec.Token()
		if err != nil {
			return err
		}
		name, ok := t.(string)
		if !ok {
			return fmt.Errorf("a name was expected, and not %v", t)
		}
		if err := f(name); err != nil {
			return err
		}
	}
	_, err := d.dec.Token()
	return err
}

// list calls f at each element of the list that comes next. An element of another
// shape is passed over: one odd request must not cost all others.
func (d *document) list(f func() error) error {
	if err := d.opens('['); err != nil {
		return err
	}
	for d.dec.More() {
		err := f()
		var shape *json.UnmarshalTypeError
		if err != nil && !errors.As(err, &shape) {
			return err
		}
		d.seen++
	}
	_, err := d.dec.Token()
	return err
}

func (d *document) opens(want json.Delim) error {
	t, err := d.dec.Token()
	if err != nil {
		return err
	}
	if t != want {
		return fmt.Errorf("%v was expected, and not %v", want, t)
	}
	return nil
}

// skip passes over a value, token by token.
func (d *document) skip() error {
	depth := 0
	for {
		t, err := d.dec.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// tracerRequest is one request of a SAML-tracer export. Since its version 1.0 a
// header is an object, before that a pair; the times and the pages are not in it.
type tracerRequest struct {
	Method string       `json:"method"`
	URL    string       `json:"url"`
	Asked  []tracerPair `json:"requestHeaders"`
	Post   []tracerPair `json:"post"`
	SAML   string       `json:"saml"` // decoded, also where post was hashed or masked
	Status int          `json:"responseStatus"`
	Given  []tracerPair `json:"responseHeaders"`
}

type tracerPair harPair

// UnmarshalJSON implements json.Unmarshaler: {"name":..., "value":...} or ["...", "..."].
func (p *tracerPair) UnmarshalJSON(b []byte) error {
	var pair []any
	if json.Unmarshal(b, &pair) == nil && len(pair) == 2 {
		p.Name, _ = pair[0].(string)
		p.Value, _ = pair[1].(string)
		return nil
	}
	return json.Unmarshal(b, (*harPair)(p))
}

func pairs(in []tracerPair) []harPair {
	out := make([]harPair, 0, len(in))
	for _, p := range in {
		out = append(out, harPair(p))
	}
	return out
}

func (r tracerRequest) exchange() exchange {
	x := exchange{method: r.Method, url: r.URL, asked: pairs(r.Asked), fields: pairs(r.Post), status: r.Status, given: pairs(r.Given), saml: r.SAML}
	x.kind, x.to = header(x.given, "Content-Type"), header(x.given, "Location")
	if t, err := time.Parse(time.RFC1123, header(x.given, "Date")); err == nil {
		x.began = t
	}
	return x
}

func (e harEntry) exchange() exchange {
	x := exchange{
		method: e.Request.Method, url: e.Request.URL, asked: e.Request.Headers, sent: e.Request.Cookies,
		status: e.Response.Status, given: e.Response.Headers, to: e.Response.Redirect, kind: e.Response.Content.Type,
		failed: e.Response.Error, took: int64(e.Time),
	}
	if t, err := time.Parse(time.RFC3339Nano, e.Started); err == nil {
		x.began = t.UTC()
	}
	if p := e.Request.Post; p != nil {
		x.posted, x.fields = p.Text, p.Params
	}
	if x.to == "" {
		x.to = header(x.given, "Location")
	}
	x.body = e.body()
	x.page = e.Resource == "document" || strings.EqualFold(header(x.asked, "Sec-Fetch-Mode"), "navigate")
	x.sub = e.Resource != "" && e.Resource != "document" && e.Resource != "other"
	return x
}

func header(hs []harPair, name string) string {
	for _, h := range hs {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}
