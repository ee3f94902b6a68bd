package idp

import (
	"crypto/rand"
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

// Prefixes are the paths under which Several serves each IdP's own pages and
// control API: "/okta", "/entra", and "/entra-2" for a second tenant.
func Prefixes(idps ...*IdP) []string {
	seen := map[string]int{}
	var out []string
	for _, i := range idps {
		seen[i.Name()]++
		p := "/" + i.Name()
		if n := seen[i.Name()]; n > 1 {
			p += fmt.Sprintf("-%d", n)
		}
		out = append(out, p)
	}
	return out
}

// several serves many IdPs at one address.
type several struct {
	idps     []*IdP
	prefixes []string
	handlers []http.Handler
	pages    *template.Template
}

// Several is Handler for several IdPs at one address: each at its vendor's own
// paths, with its pages, /metadata and control API under its prefix (Prefixes),
// and a front page that lists them. They share the people and the token; sessions,
// what was received and the next answer are each one's own. It is an error when
// two would answer at one path: two tenants have different ones, a face named
// twice has not.
func Several(o HandlerOptions, idps ...*IdP) (http.Handler, error) {
	s := &several{idps: idps, prefixes: Prefixes(idps...), pages: template.Must(template.New("").Parse(pages))}
	taken := map[string]int{}
	if o.Directory == nil {
		o.Directory = NewDirectory(o.People...)
	}
	own := http.NewServeMux()
	own.HandleFunc("GET /{$}", s.front)
	for n, i := range idps {
		for _, path := range i.paths() {
			if other, ok := taken[path]; ok && other != n {
				return nil, fmt.Errorf("idp: %s and %s would both answer at %s: name each once, or another tenant", idps[other].EntityID(), i.EntityID(), path)
			}
			taken[path] = n
		}
		with := o
		with.at = s.prefixes[n]
		if o.Log != nil {
			with.Log = func(line string) { o.Log(with.at[1:] + ": " + line) }
		}
		h := i.Handler(with)
		s.handlers = append(s.handlers, h)
		own.Handle(with.at+"/", http.StripPrefix(with.at, h))
	}
	own.HandleFunc("/", s.vendors)
	return own, nil
}

// vendors passes a request at a vendor's path on: to the IdP whose path it is,
// else to one whose paths begin alike, for its page of what is not there.
func (s *several) vendors(w http.ResponseWriter, r *http.Request) {
	near := -1
	for n, i := range s.idps {
		for _, path := range i.paths() {
			if path == r.URL.Path {
				s.handlers[n].ServeHTTP(w, r)
				return
			}
			if near < 0 && first(path) == first(r.URL.Path) {
				near = n
			}
		}
	}
	if near >= 0 {
		s.handlers[near].ServeHTTP(w, r)
		return
	}
	s.head(w)
	http.Error(w, "samlcheck: nothing is here. Each mock has its pages, /metadata and /control/v1/ under "+strings.Join(s.prefixes, ", "), http.StatusNotFound)
}

func (s *several) head(w http.ResponseWriter) {
	w.Header().Set("X-Mock-IdP", "samlcheck")
	w.Header().Set("Cache-Control", "no-cache, no-store")
}

func (s *several) front(w http.ResponseWriter, r *http.Request) {
	v := view{Mark: mark, Nonce: rand.Text()}
	var names []string
	for n, i := range s.idps {
		names = append(names, s.prefixes[n][1:])
		v.Faces = append(v.Faces, view{
			Face: names[n], Root: s.prefixes[n], Here: served(r, s.prefixes[n]+"/metadata"),
			Metadata: i.MetadataURL(), EntityID: i.EntityID(), Launch: i.Launch(),
		})
	}
	v.Face = strings.Join(names, ", ")
	s.head(w)
	render(w, s.pages, http.StatusOK, "faces", v)
}

// paths are those at which the vendor itself would answer.
func (i *IdP) paths() []string {
	urls := []string{i.SSO(), i.Launch(), i.MetadataURL()}
	if p, ok := i.profile.(LogoutProfile); ok && p.SLO() != "" {
		urls = append(urls, p.SLO(), p.SLOCallback())
	}
	var out []string
	for _, u := range urls {
		out = append(out, pathOf(u))
	}
	return out
}

// first is a path's first segment.
func first(path string) string {
	segment, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return segment
}
