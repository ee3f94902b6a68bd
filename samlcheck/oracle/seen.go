package oracle

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// seen is one step, made comparable.
type seen struct {
	step    transcript.Step
	rest    view            // where the login came to rest
	pages   map[string]view // the resting pages of the visits, by name
	starts  map[string]string
	keys    set    // blocks of every visited page, without persons
	cookies set    // names of cookies that it holds, from the SP
	tokens  set    // places of tokens given in answers below 400
	given   set    // places of tokens given in any answer
	chain   string // the hops after the response was delivered
}

// look folds with f, the folder of the step's person, and addresses with all.
func look(s transcript.Step, f, all *folder) *seen {
	o := &seen{
		step: s, pages: map[string]view{}, starts: map[string]string{},
		keys: set{}, cookies: set{}, tokens: set{}, given: set{},
	}
	if len(s.Login) > 0 {
		o.rest = see(s.Rest(), f, all)
	}
	for _, v := range s.Visits {
		if len(v.Hops) == 0 {
			continue
		}
		p := see(v.Rest(), f, all)
		p.proved = v.Proved
		o.pages[v.Name] = p
		o.starts[v.Name] = startOf(v.Hops[0].URL, all)
		o.keys.add(p.keys)
		o.collect(v.Hops, f)
	}
	o.collect(s.Login, f)
	o.follow(f)
	return o
}

// collect notes cookies and tokens. What the IdP's pages say is not the SP's.
func (o *seen) collect(hops []transcript.Hop, f *folder) {
	for i, h := range hops {
		if h.AtIdP {
			continue
		}
		for _, c := range h.Cookies {
			if c.Deleted {
				delete(o.cookies, f.fold(c.Name))
			} else {
				o.cookies[f.fold(c.Name)] = true
			}
		}
		places := set{}
		for _, t := range h.Tokens {
			places[f.fold(t.Place)] = true
		}
		if i == len(hops)-1 {
			for k, vals := range parse(h.URL).Query() {
				if !samlParameter(k) && slices.ContainsFunc(vals, func(v string) bool { return len(v) >= 20 && looksRandom(v) }) {
					places["query:"+f.fold(k)] = true
				}
			}
		}
		for p := range places {
			if k, ok := strings.CutPrefix(p, "query:"); ok && samlParameter(k) {
				continue
			}
			o.given[p] = true
			if h.Status < 400 {
				o.tokens[p] = true
			}
		}
	}
}

func samlParameter(k string) bool {
	switch k {
	case "SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature":
		return true
	}
	return false
}

// follow notes the hops from the delivery of the response on.
func (o *seen) follow(f *folder) {
	at := acsHop(o.step.Login)
	if at < 0 {
		return
	}
	var parts []string
	for _, h := range o.step.Login[at:] {
		if h.AtIdP {
			parts = append(parts, "the IdP")
			continue
		}
		u := parse(h.URL)
		q := make([]string, 0, len(u.Query()))
		for k := range u.Query() {
			q = append(q, f.fold(k))
		}
		slices.Sort(q)
		parts = append(parts, fmt.Sprintf("%d %s%s?%s", h.Status, u.Host, f.fold(pathOf(u)), strings.Join(q, "&")))
	}
	o.chain = strings.Join(parts, " > ")
}

// acsHop is the index of the last hop that delivered a response, or -1.
func acsHop(hops []transcript.Hop) int {
	for i := len(hops) - 1; i >= 0; i-- {
		if !hops[i].AtIdP && slices.Contains(hops[i].Posted, "SAMLResponse") {
			return i
		}
	}
	return -1
}

// delivered says whether an assertion reached the service provider.
func delivered(s transcript.Step) bool {
	if s.Sent == nil {
		return false
	}
	if s.Sent.XML == "" { // the bytes were not kept; the attributes were
		return len(s.Sent.Attributes) > 0
	}
	return strings.Contains(s.Sent.XML, "Assertion ") || strings.Contains(s.Sent.XML, "Assertion>") ||
		strings.Contains(s.Sent.XML, "EncryptedAssertion")
}

// startOf is the address that a visit began at, folded so that it is the same
// for whoever looks. The values of the query stay, its tokens do not.
func startOf(raw string, all *folder) string {
	u := parse(raw)
	q := url.Values{}
	for k, vals := range u.Query() {
		for _, v := range vals {
			q.Add(all.fold(k), all.fold(v))
		}
	}
	return placeOf(u, all) + "?" + q.Encode()
}

// own is the step's own landing page as it was at the second look: a message
// shown once is not a session.
func (o *seen) own() (view, bool) {
	v, ok := o.pages[visitOwnAgain]
	if !ok {
		v, ok = o.pages[visitOwn]
	}
	return v, ok
}

// everything is every page that was visited.
func (o *seen) everything() []view {
	out := make([]view, 0, len(o.pages)+1)
	for _, n := range slices.Sorted(maps.Keys(o.pages)) {
		out = append(out, o.pages[n])
	}
	return out
}

// common lists the names of the pages that everyone visits, in a fixed order.
func (o *seen) common() []string {
	out := make([]string, 0, len(o.pages))
	for _, n := range []string{visitHome, visitEntry, visitRoot, visitProof} {
		if _, ok := o.pages[n]; ok {
			out = append(out, n)
		}
	}
	var named []string
	for n := range o.pages {
		if strings.HasPrefix(n, visitPage) {
			named = append(named, n)
		}
	}
	slices.Sort(named)
	return append(out, named...)
}

// looks are all the times that the named page was seen: the visit of that
// name, and others that began at the same address and came to rest at the same
// place. What differs among them is noise.
func (o *seen) looks(name string) []view {
	v, ok := o.pages[name]
	if !ok {
		return nil
	}
	out := []view{v}
	for _, n := range []string{visitOwn, visitOwnAgain} {
		if w, ok := o.pages[n]; ok && o.starts[n] == o.starts[name] && w.hard == v.hard {
			out = append(out, w)
		}
	}
	return out
}
