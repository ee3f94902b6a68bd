package idp

import (
	"net/http"
	"net/url"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/transcript"
)

// mostSeen is how many exchanges the front page remembers.
const mostSeen = 20

// noted is one exchange with a person's browser.
type noted struct {
	at  time.Time
	who string
	Exchange
}

// exchanged is the same, to be looked at.
type exchanged struct {
	At, Who, To, RelayState, Request, Response, Refusal, Fault string
}

func (d *desk) note(who string, ex Exchange) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen = append([]noted{{d.idp.now(), who, ex}}, d.seen...)
	d.seen = d.seen[:min(len(d.seen), mostSeen)]
}

func (d *desk) exchanges() []exchanged {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []exchanged
	for _, n := range d.seen {
		v := exchanged{
			At: n.at.UTC().Format(time.RFC3339), Who: n.who, Refusal: n.Refusal, Fault: n.Fault,
			Request: pretty(n.Request), Response: pretty(n.Sent),
		}
		if n.Sent != nil {
			v.To, v.RelayState = n.Sent.URL, n.Sent.RelayState
		}
		out = append(out, v)
	}
	return out
}

// pretty indents a message's XML for reading. What is not XML stays as it came.
func pretty(m *transcript.Message) string {
	if m == nil {
		return ""
	}
	doc := etree.NewDocument()
	if doc.ReadFromString(m.XML) != nil {
		return m.XML
	}
	doc.Indent(2)
	text, err := doc.WriteToString()
	if err != nil {
		return m.XML
	}
	return text
}

// nameOf is how the pages call a person.
func nameOf(p Person) string {
	if p.DisplayName != "" {
		return p.DisplayName
	}
	return NameID(p)
}

// served is the request's own idea of where this is, for a link to copy.
func served(r *http.Request, path string) string {
	u := url.URL{Scheme: "http", Host: r.Host, Path: path}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return u.String()
}
