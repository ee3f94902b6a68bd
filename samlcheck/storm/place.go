package storm

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// Place is where a login came to rest, as far as can be told without reading
// the page: how the service provider answered the response, and the status and
// the address of the last page, without its query.
type Place struct {
	Answer int    `json:"answer"` // status of the answer to the posted response; 0 where none was posted
	Status int    `json:"status"` // of the page where it rests
	URL    string `json:"url"`    // of that page, without query and fragment
}

func (p Place) String() string { return fmt.Sprintf("%d at %s", p.Status, p.URL) }

// bare is an address without what it carries.
func bare(u *url.URL) string {
	c := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	return c.String()
}

// placeOf is the place of a login that was looked at in full.
func placeOf(hops []transcript.Hop) Place {
	var p Place
	for _, h := range hops {
		if slices.Contains(h.Posted, "SAMLResponse") && p.Answer == 0 {
			p.Answer = h.Status
		}
	}
	if len(hops) == 0 {
		return p
	}
	rest := hops[len(hops)-1]
	p.Status = rest.Status
	if u, err := url.Parse(rest.URL); err == nil {
		p.URL = bare(u)
	}
	return p
}

// Like is what a login's place resembles.
type Like string

// Likes.
const (
	LikeKnown   Like = "known"   // where the known member's own logins came to rest, and no other
	LikeRefused Like = "refused" // where a login came to rest that cannot be in, and none of the known member's
	LikeBoth    Like = "both"    // where both came to rest: place and status do not tell
	Elsewhere   Like = "elsewhere"
)

// places are what the controls taught.
type places struct {
	known, refused []Place
	roaming        bool           // two logins of one person came to rest at two addresses: addresses say nothing
	rests          map[Place]bool // pages at which logins stay (Answer is 0): no need to read them for a form that posts itself
	moves          map[Place]bool // pages that moved on
}

func newPlaces() *places { return &places{rests: map[Place]bool{}, moves: map[Place]bool{}} }

// learn takes a control's hops.
func (p *places) learn(hops []transcript.Hop, in bool) {
	at := placeOf(hops)
	if in {
		p.roaming = p.roaming || len(p.known) > 0 && p.known[0].URL != at.URL && p.known[0].Status == at.Status
		p.known = append(p.known, at)
	} else {
		p.refused = append(p.refused, at)
	}
	for i, h := range hops {
		u, err := url.Parse(h.URL)
		if err != nil || h.AtIdP || h.Error != "" {
			continue
		}
		page := Place{Status: h.Status, URL: bare(u)}
		if i == len(hops)-1 {
			p.rests[page] = true
		} else {
			p.moves[page] = true
		}
	}
}

// stays says that logins are known to come to rest on this page.
func (p *places) stays(status int, u *url.URL) bool {
	page := Place{Status: status, URL: bare(u)}
	return p.rests[page] && !p.moves[page]
}

// like compares a place with the controls'.
func (p *places) like(at Place) Like {
	same := func(o Place) bool {
		return o.Answer == at.Answer && o.Status == at.Status && (p.roaming || o.URL == at.URL)
	}
	known, refused := slices.ContainsFunc(p.known, same), slices.ContainsFunc(p.refused, same)
	switch {
	case known && refused:
		return LikeBoth
	case known:
		return LikeKnown
	case refused:
		return LikeRefused
	}
	return Elsewhere
}

// tells says whether the places of the known member's logins are other than
// those of logins that cannot be in.
func (p *places) tells() bool {
	return len(p.known) > 0 && len(p.refused) > 0 &&
		!slices.ContainsFunc(p.known, func(at Place) bool { return p.like(at) == LikeBoth })
}

// readable says whether an answer is something that a person could be shown.
func readable(h http.Header, size int) bool {
	kind := strings.ToLower(h.Get("Content-Type"))
	if size == 0 {
		return false
	}
	return kind == "" || strings.HasPrefix(kind, "text/") || strings.Contains(kind, "html") || strings.Contains(kind, "json") || strings.Contains(kind, "xml")
}

// judge is what became of a login that came to rest: what it resembles, and the
// kind of failure that is left where it resembles nothing.
func (p *places) judge(at Place, readable bool) (Like, Kind) {
	like := p.like(at)
	switch k := kindOfStatus(at.Status); {
	case k == TooMany || k == ServerError:
		return like, k
	case like == LikeRefused:
		return like, RefusedLogin
	case like == LikeKnown || like == LikeBoth:
		return like, ""
	case k != "":
		return like, k
	case !readable:
		return like, NotAPage
	}
	return like, ""
}
