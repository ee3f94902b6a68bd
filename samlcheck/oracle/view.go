package oracle

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"example.com/samepage/samlcheck/transcript"
)

type set map[string]bool

// A view is one page as it can be compared with another person's.
type view struct {
	present    bool
	unreadable bool
	status     int
	hard       string           // status, host and folded path; or "the IdP"; or "no answer"
	place      string           // host and path, folded neutrally: where the page is
	soft       set              // query pairs, fragment keys, title, forms, JSON keys
	blocks     []string         // folded
	keys       set              // the blocks without persons: an echo says who, not whether
	words      set              // of the blocks, without persons
	forms      set              // forms that a person could fill in
	password   bool             // one of them asks for a password
	ways       set              // where links and buttons lead, on the same host
	json       bool             // it is data, not a page
	shell      bool             // scripts, and next to no text: what a person sees was not seen
	said       transcript.Shows // what a person said of it; "" where a browser saw it
	stray      bool             // he said that somebody else is signed in there
	proved     *bool            // of the proof page: it is as the target says; nil where that was not asked
}

// see makes the view of one hop.
func see(h transcript.Hop, f, all *folder) view {
	v := view{
		present: true, status: h.Status, soft: set{}, keys: set{}, words: set{}, forms: set{}, ways: set{},
		unreadable: unreadable(h), json: len(h.JSONKeys) > 0,
	}
	u := parse(h.URL)
	v.place = placeOf(u, all)
	switch {
	case h.Error != "":
		v.hard = "no answer"
	case h.AtIdP:
		v.hard = "the IdP"
		return v // what the mock IdP's own page says is no evidence
	case h.Told != nil:
		v.hear(*h.Told)
	default:
		v.hard = fmt.Sprintf("%d %s%s", h.Status, u.Host, f.fold(pathOf(u)))
	}
	v.seeSoft(h, u, f)
	v.seeWays(h, u, all)
	for _, b := range h.Blocks {
		b = f.fold(strings.Join(strings.Fields(b), " "))
		if b == "" {
			continue
		}
		v.blocks = append(v.blocks, b)
		if k := blockKey(b); k != "" {
			v.keys[k] = true
		}
		for _, w := range tokens(b) {
			if strings.IndexFunc(w, unicode.IsLetter) >= 0 && !strings.ContainsAny(w, "{*") {
				v.words[w] = true
			}
		}
	}
	v.shell = h.Scripts > 0 && !v.json && len(v.words) <= shellWords && len(v.forms) == 0
	return v
}

func (v *view) seeSoft(h transcript.Hop, u *url.URL, f *folder) {
	for k, vals := range u.Query() {
		for _, val := range vals {
			v.soft["query "+f.fold(k)+"="+f.fold(val)] = true
		}
	}
	if u.Fragment != "" {
		q, err := url.ParseQuery(u.Fragment)
		if err != nil || !strings.Contains(u.Fragment, "=") {
			v.soft["fragment "+f.fold(u.Fragment)] = true
		} else {
			for k := range q {
				v.soft["fragment "+f.fold(k)] = true
			}
		}
	}
	if h.Title != "" {
		v.soft["title "+f.fold(h.Title)] = true
	}
	for _, k := range h.JSONKeys {
		v.soft["json "+f.fold(k)] = true
	}
	for _, r := range h.Fetches {
		if r.Status != 0 {
			v.soft[fmt.Sprintf("fetch %s %s %d", r.Method, f.fold(placeKey(r.URL)), r.Status)] = true
		}
	}
	for _, k := range h.Storage {
		v.soft["storage "+f.fold(k)] = true
	}
}

// seeWays notes the forms and where the page leads.
func (v *view) seeWays(h transcript.Hop, u *url.URL, all *folder) {
	for _, fm := range h.Forms {
		key := strings.ToUpper(fm.Method) + " " + placeOf(parse(fm.Action), all)
		if fillable(fm) {
			names := slices.Clone(fm.Fields)
			slices.Sort(names)
			full := key + " " + all.fold(strings.Join(names, ","))
			v.forms[full] = true
			v.soft["form "+full] = true
		} else {
			v.ways[key] = true
			v.soft["form "+key] = true
		}
		for _, field := range fm.Fields {
			v.password = v.password || strings.HasSuffix(field, ":password")
		}
	}
	for _, l := range h.Links {
		to := parse(l)
		if to.Host != u.Host && to.Host != "" || strings.HasPrefix(l, "#") {
			continue
		}
		if p := placeOf(to, all); p != v.place {
			v.ways["to "+p] = true
		}
	}
}

// fillable tells a form that asks a person for something from a button and
// from a search box.
func fillable(f transcript.PageForm) bool {
	for _, field := range f.Fields {
		name, kind, _ := strings.Cut(field, ":")
		switch kind {
		case "search", "submit", "button", "hidden", "image", "reset":
			continue
		}
		if len(f.Fields) == 1 && (name == "q" || name == "query" || name == "search") {
			continue
		}
		return true
	}
	return false
}

// unreadable says that the answer is about the service's health, not about the login.
func unreadable(h transcript.Hop) bool {
	if h.Told != nil {
		return false
	}
	switch h.Status {
	case 429, 502, 503, 504:
		return true
	case 0:
		return h.Error != "" || !h.AtIdP && len(h.Blocks) == 0
	}
	return h.Error != ""
}

func parse(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err != nil {
		return &url.URL{Path: raw}
	}
	return u
}

func pathOf(u *url.URL) string {
	if u.Path == "" {
		return "/"
	}
	return u.Path
}

func placeKey(raw string) string {
	u := parse(raw)
	return u.Host + pathOf(u)
}

func placeOf(u *url.URL, all *folder) string { return u.Host + all.fold(pathOf(u)) }

// tokens splits a folded text into lower-case words; a folded part stays whole.
func tokens(s string) []string { return split(strings.ToLower(s)) }

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("{}*'’", r)
	})
}

// blockKey is a block without the persons it names.
func blockKey(b string) string {
	kept := slices.DeleteFunc(tokens(b), func(w string) bool { return strings.Contains(w, "{") })
	return strings.Join(kept, " ")
}

// unseen lists the blocks of v whose keys stand in none of the given sets.
func (v view) unseen(in ...set) []string {
	var out []string
next:
	for _, b := range v.blocks {
		k := blockKey(b)
		if k == "" || slices.Contains(out, b) {
			continue
		}
		for _, s := range in {
			if s[k] {
				continue next
			}
		}
		out = append(out, b)
	}
	return out
}

func (s set) minus(o set) set {
	out := set{}
	for k := range s {
		if !o[k] {
			out[k] = true
		}
	}
	return out
}

func (s set) and(o set) set {
	out := set{}
	for k := range s {
		if o[k] {
			out[k] = true
		}
	}
	return out
}

func (s set) add(o set) {
	for k := range o {
		s[k] = true
	}
}

func (s set) sorted() []string {
	out := make([]string, 0, len(s))
	for k := range s {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// share is the part of want that s has, and 1 when nothing is wanted.
func (s set) share(want set) float64 {
	if len(want) == 0 {
		return 1
	}
	return float64(len(s.and(want))) / float64(len(want))
}
