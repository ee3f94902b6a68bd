package actor

import (
	"context"
	"net/http"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// place is one page to look at again.
type place struct{ name, url string }

// revisit looks at the common pages with the cookies that the login left, in
// the order of docs/lifecycle.md: the page where it came to rest, the known
// member's home, the door, the root, the proof page, and the first once more (a
// message shown once is not a session).
func (p *player) revisit(ctx context.Context, rest transcript.Hop, more []string) ([]transcript.Visit, string) {
	var out []transcript.Visit
	for _, pl := range p.stage.places(rest, more) {
		hops, err := p.browser.Visit(ctx, browser.Request{URL: pl.url, Screen: pl.name == "home"})
		if len(hops) > 0 {
			out = append(out, transcript.Visit{Name: pl.name, Hops: hops})
		}
		if err != nil {
			return out, "actor: " + err.Error()
		}
	}
	return out, ""
}

func (s *Stage) places(rest transcript.Hop, more []string) []place {
	s.mu.Lock()
	home := s.home
	s.mu.Unlock()
	var out []place
	add := func(name, url string) {
		if url != "" {
			out = append(out, place{name, url})
		}
	}
	own := ""
	if !rest.AtIdP && rest.Status != 0 {
		own = browser.WithoutTokens(rest.URL)
	}
	add("own", own)
	add("home", home)
	add("entry", s.door())
	if home != "" {
		add("root", root(home))
	} else {
		add("root", root(s.anywhere()))
	}
	if pr := s.Target.Session.Proof; pr != nil {
		add("proof", pr.URL)
	}
	for _, page := range s.Target.Session.Pages {
		add("page:"+page, page)
	}
	add("own-again", own)
	for _, url := range more {
		add("landing:"+url, url)
	}
	return out
}

// door is the SP-initiated login URL, unless it must be posted to. Everybody
// looks at the same one: where it names a person, it names the known member.
func (s *Stage) door() string {
	l := s.Target.SP.Login
	if l == nil || l.JSON != nil || len(l.Form) > 0 || l.Method != "" && l.Method != http.MethodGet {
		return ""
	}
	known, ok := s.People[trial.Known]
	at := Expand(l.URL, known)
	if !ok && at != l.URL {
		return ""
	}
	return at
}

// anywhere is some URL of the service provider.
func (s *Stage) anywhere() string {
	if at := s.door(); at != "" {
		return at
	}
	if len(s.SP.ACS) > 0 {
		return s.SP.ACS[0]
	}
	return s.SP.EntityID
}
