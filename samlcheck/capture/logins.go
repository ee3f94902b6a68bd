package capture

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// result cuts the trace into logins.
func (t *trace) result(res *Result) (*Result, error) {
	idp := t.idpHosts()
	for _, s := range t.pages {
		s.hop.AtIdP = slices.Contains(idp, hostOf(s.raw))
	}
	parts := t.split()
	if len(parts) == 0 {
		what := fmt.Sprintf("%s was read, %d requests: %v", res.Kind, res.Seen, ErrNothing)
		for _, s := range t.pages {
			if s.odd != "" {
				what += " that can be read (" + s.odd + ")"
				break
			}
		}
		return nil, &Error{Problem: what, Advice: howToRecord, err: ErrNothing}
	}
	var logins []transcript.Step
	issuer := ""
	for _, p := range parts {
		logins = append(logins, t.step(p))
		if m := logins[len(logins)-1].Sent; m != nil && issuer == "" {
			issuer = issuerOf(m.XML)
		}
	}
	who, others := people(logins)
	res.Secret, res.Known = others, append(hostsIn(logins), idp...)
	face := faceOf(issuer, idp)
	res.Record = record(face, res.Kind, logins, who)
	res.Began, res.Ended = span(logins)
	for _, p := range parts {
		for _, s := range p {
			if h := hostOf(s.raw); !s.hop.AtIdP && !slices.Contains(res.Hosts, h) {
				res.Hosts = append(res.Hosts, h)
			}
		}
	}
	if !t.asked {
		res.Notes = append(res.Notes, "the export has no cookies in its requests: nothing can be said of cookies that were kept back")
	}
	if t.dropped > 0 {
		res.Notes = append(res.Notes, fmt.Sprintf("%d pages after the first %d were not looked at", t.dropped, most))
	}
	return res, nil
}

// vendors are hosts of identity providers, by their ends.
func vendors() []string {
	return []string{
		"login.microsoftonline.com", "login.microsoftonline.us", "login.windows.net", "sts.windows.net", "login.live.com", "myapps.microsoft.com",
		".okta.com", ".oktapreview.com", ".okta-emea.com", ".okta-gov.com", ".okta.example", "login.entra.example",
	}
}

// idpHosts are the hosts to which requests went and from which responses came,
// those of the metadata, and the vendors'.
func (t *trace) idpHosts() []string {
	var out []string
	add := func(h string) {
		if h != "" && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	if t.o.IdP != nil {
		for _, e := range t.o.IdP.SSO() {
			add(hostOf(e.Location))
		}
	}
	for i, s := range t.pages {
		if s.request != nil {
			add(hostOf(s.raw))
		}
		if s.answer == nil {
			continue
		}
		switch {
		case s.from != "" && s.from != hostOf(s.raw):
			add(s.from)
		case s.from == "" && i > 0 && hostOf(t.pages[i-1].raw) != hostOf(s.raw):
			add(hostOf(t.pages[i-1].raw))
		}
	}
	for _, s := range t.pages {
		if h := hostOf(s.raw); slices.ContainsFunc(vendors(), func(v string) bool { return strings.HasSuffix(h, v) }) {
			add(h)
		}
	}
	return out
}

// split gives the navigations of each login: what led to the request, the pages
// of the identity provider, the response, and the redirects after it.
func (t *trace) split() [][]*seen {
	var out [][]*seen
	var now []*seen
	asked, answered := false, false
	closes := func() {
		if asked || answered {
			out = append(out, now)
		}
		now, asked, answered = nil, false, false
	}
	for _, s := range t.pages {
		chained := s.hop.Because == "redirect"
		switch {
		case answered && chained && s.hop.AtIdP:
			now = append(now, s) // it was sent back: the login ends here, and the next begins
			closes()
		case !chained && s.leaves(asked, answered):
			closes() // which forgets what was neither asked nor answered
		}
		now = append(now, s)
		asked, answered = asked || s.request != nil, answered || s.answer != nil
	}
	closes()
	if len(out) > 0 {
		return out
	}
	return t.refused()
}

// refused is a login that a vendor refused before it read any message.
func (t *trace) refused() [][]*seen {
	var pages []*seen
	for _, s := range t.pages {
		if s.hop.AtIdP && strings.Contains(strings.Join(s.hop.Blocks, " "), "AADSTS") {
			pages = append(pages, s)
		}
	}
	if len(pages) == 0 {
		return nil
	}
	return [][]*seen{pages}
}

// leaves says whether a page to which nothing led by itself is no part of the
// login so far: somebody went on by hand, after it or before it.
func (s *seen) leaves(asked, answered bool) bool {
	switch {
	case answered:
		return true
	case asked:
		return s.request != nil || s.answer == nil && !s.hop.AtIdP
	}
	return s.answer == nil && !s.hop.AtIdP
}

// step makes one login of its navigations.
func (t *trace) step(pages []*seen) transcript.Step {
	var s transcript.Step
	for _, p := range pages {
		s.Login = append(s.Login, p.hop)
		if p.request != nil && s.Request == nil {
			s.Request = p.request
		}
		if p.answer != nil && s.Sent == nil {
			s.Sent = p.answer
			describe(s.Sent, t.o.IdP)
		}
	}
	first, last := pages[0], pages[len(pages)-1]
	s.Began = first.began
	if s.Began.IsZero() {
		s.Began = said(s)
	}
	if end := last.began.Add(time.Duration(last.took) * time.Millisecond); !first.began.IsZero() && end.After(s.Began) {
		s.Took = end.Sub(s.Began).Milliseconds()
	}
	return s
}

// said is when a login was, by its messages.
func said(s transcript.Step) time.Time {
	for _, m := range []*transcript.Message{s.Request, s.Sent} {
		if m == nil {
			continue
		}
		t, err := message.ParseTree([]byte(m.XML))
		if err != nil {
			continue
		}
		v, _ := message.Attr(t.Root, "IssueInstant")
		if at, err := metadata.ParseTime(v); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

func span(logins []transcript.Step) (began, ended time.Time) {
	for _, s := range logins {
		if began.IsZero() || !s.Began.IsZero() && s.Began.Before(began) {
			began = s.Began
		}
		if end := s.Began.Add(time.Duration(s.Took) * time.Millisecond); end.After(ended) {
			ended = end
		}
	}
	return began, ended
}

func issuerOf(xml string) string {
	t, err := message.ParseTree([]byte(xml))
	if err != nil {
		return ""
	}
	return message.Text(message.Child(t.Root, message.NSAssertion, "Issuer"))
}

// Issuer is what the service provider calls itself in the first request of a
// record; "" where there is none.
func Issuer(rec transcript.Record) string {
	for _, run := range rec.Runs {
		for _, s := range run.Steps {
			if s.Request != nil {
				return issuerOf(s.Request.XML)
			}
		}
	}
	return ""
}
