package idp

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
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
	n := noted{d.idp.now(), who, ex}
	d.mu.Lock()
	d.seen = append([]noted{n}, d.seen...)
	d.seen = d.seen[:min(len(d.seen), mostSeen)]
	d.mu.Unlock()
	if d.with.Log != nil {
		d.with.Log(n.line())
	}
}

// longestLine is how much of a reason one line of the log holds, in bytes.
const longestLine = 300

// line is the exchange for a log. What strangers said is quoted and cut short.
func (n noted) line() string {
	what := "took a message" // the answer to a LogoutRequest
	switch {
	case n.Fault != "":
		what = "failed: " + short(n.Fault)
	case n.Refusal != "":
		what = "refused: " + short(n.Refusal)
	case n.Sent != nil:
		what = "sent to " + short(n.Sent.URL)
	}
	who := n.who
	if who == "" {
		who = "nobody"
	}
	return fmt.Sprintf("%s %s %s", n.at.UTC().Format(time.RFC3339), short(who), what)
}

func short(s string) string {
	if len(s) > longestLine {
		s = s[:longestLine] + "..."
	}
	return strconv.Quote(s)
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
