package capture

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"strings"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// largestPaste is how much pasted text is read, in bytes.
const largestPaste = 8 << 20

// readPasted reads one message: XML, base64, base64 of DEFLATE, either of these
// URL-encoded, or a whole address or form with SAMLRequest= or SAMLResponse= in it.
func (o Options) readPasted(in *bufio.Reader) (*Result, error) {
	raw, err := io.ReadAll(io.LimitReader(in, largestPaste+1))
	if err != nil {
		return nil, fmt.Errorf("capture: %w", err)
	}
	if len(raw) > largestPaste {
		return nil, &Error{Problem: fmt.Sprintf("this is text of more than %d MB, and no message", largestPaste>>20), Advice: howToRecord}
	}
	p, err := unpack(strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff")))
	if err != nil {
		return nil, &Error{Problem: "no SAML message can be read from this text: " + err.Error(), err: err,
			Advice: "paste the value of SAMLRequest or SAMLResponse (base64, URL-encoded or XML), or give a HAR file"}
	}
	return o.pasted(p)
}

// paste is a message and what came with it.
type paste struct {
	xml, query, relay string
	hasRelay          bool
	at                string // the address that it was sent to; "" where that is not known
}

func unpack(text string) (paste, error) {
	if strings.HasPrefix(text, "<") {
		return paste{xml: text}, nil
	}
	if i := strings.Index(text, "SAMLRequest="); i >= 0 {
		return fromPairs(text)
	}
	if i := strings.Index(text, "SAMLResponse="); i >= 0 {
		return fromPairs(text)
	}
	if strings.Contains(text, "%") {
		plain, err := url.PathUnescape(text)
		if err != nil {
			return paste{}, err
		}
		text = plain
	}
	xml, err := decoded(text)
	return paste{xml: xml}, err
}

// fromPairs reads an address or the body of a form.
func fromPairs(text string) (paste, error) {
	query, at := text, ""
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		query = u.RawQuery
		u.RawQuery, u.Fragment = "", ""
		at = u.String()
	}
	query = strings.TrimPrefix(query, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return paste{}, err
	}
	name := "SAMLResponse"
	if values.Has("SAMLRequest") {
		name = "SAMLRequest"
	}
	p := paste{relay: values.Get("RelayState"), hasRelay: values.Has("RelayState"), at: at}
	if packed, err := message.DecodeRedirect(query); err == nil {
		p.xml = string(packed.XML)
		if packed.Deflated {
			p.query = query
		}
		return p, nil
	}
	p.xml, err = decoded(values.Get(name))
	return p, err
}

// decoded is XML from base64, inflated where that is needed.
func decoded(text string) (string, error) {
	raw, err := message.DecodePost(text)
	if err != nil {
		return "", err
	}
	if looksXML(raw) {
		return string(raw), nil
	}
	// Some tools encode twice.
	if again, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(raw))); err == nil && looksXML(again) {
		return string(again), nil
	}
	xml, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), message.MaxMessage+1))
	switch {
	case len(xml) > message.MaxMessage:
		return "", message.ErrTooLarge
	case !looksXML(xml):
		return "", fmt.Errorf("it is base64, and what it holds is neither XML nor DEFLATE of XML")
	}
	if err != nil {
		return "", fmt.Errorf("the DEFLATE data is cut off or damaged: %w", err)
	}
	return string(xml), nil
}

// pasted makes a record of one message: without pages, at the message's own time.
func (o Options) pasted(p paste) (*Result, error) {
	t, err := message.ParseTree([]byte(p.xml))
	if err != nil {
		return nil, &Error{Problem: "the message cannot be read as XML: " + err.Error(), err: err, Advice: "copy the whole message, from the first < to the last >"}
	}
	m := &transcript.Message{XML: p.xml, Binding: "HTTP-POST", URL: p.at, RelayState: p.relay, HasRelayState: p.hasRelay, Query: p.query}
	if p.query != "" {
		m.Binding = "HTTP-Redirect"
	}
	res, s := &Result{Seen: 1}, transcript.Step{}
	switch t.Root.Tag {
	case "AuthnRequest":
		s.Request, res.Kind = m, "AuthnRequest"
		if p.query == "" {
			res.Notes = append(res.Notes, o.guess(m, p))
		}
	case "Response":
		s.Sent, res.Kind = m, "Response"
		describe(m, o.IdP)
	case "html", "HTML":
		return nil, &Error{Problem: "this is a web page, and no SAML message", Advice: howToRecord}
	case "EntityDescriptor", "EntitiesDescriptor":
		return nil, &Error{Problem: "this is SAML metadata, and no message", Advice: "`samlcheck lint` reads metadata"}
	case "Assertion":
		return nil, &Error{Problem: "this is an assertion alone; the response around it is needed", Advice: "take the whole value of SAMLResponse"}
	default:
		return nil, &Error{Problem: "the root of this XML is " + t.Root.Tag + ", and neither an AuthnRequest nor a Response", Advice: "paste the value of SAMLRequest or SAMLResponse"}
	}
	s.Began = said(s)
	who, others := people([]transcript.Step{s})
	res.Secret, res.Known = others, hostsIn([]transcript.Step{s})
	res.Record = record(faceOf(issuerOf(p.xml), nil), res.Kind, []transcript.Step{s}, who)
	res.Began, res.Ended = s.Began, s.Began
	res.Notes = append(res.Notes, "the message is judged at the time that it names itself")
	return res, nil
}

// guess fills in where a pasted request went, from its own Destination.
func (o Options) guess(m *transcript.Message, p paste) string {
	if m.URL == "" {
		if t, err := message.ParseTree([]byte(p.xml)); err == nil {
			m.URL, _ = message.Attr(t.Root, "Destination")
		}
	}
	return "how the request was sent is not known: it is read as if it had come by " + m.Binding
}
