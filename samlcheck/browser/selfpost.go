package browser

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page that only posts itself has next to nothing else on it.
const (
	mostLinks  = 1    // "click here if nothing happens"
	mostDelay  = 3000 // milliseconds, as for a refresh
	mostBlocks = 8
)

var (
	submits = regexp.MustCompile(`\b(submit|requestSubmit)\s*\(\s*\)`)
	// onDemand is a script that waits for a person.
	onDemand = regexp.MustCompile(`(?i)\b(onclick|click|change|input|keyup|keydown|keypress|mousedown|touchstart|pagehide|unload)\b`)
	delay    = regexp.MustCompile(`(?s)\bset(?:Timeout|Interval)\b.*?,\s*([0-9]+)\s*\)`)
)

// selfPosting is the form that the page sends off by itself, or nil.
//
// With a SAML message in a hidden field it is one, unless the page also has
// something to fill in: a sign-in page may keep an AuthnRequest ready behind a
// button. Any other form must be sent by the page's script, on a page that has
// little else: an application's page with a hidden sign-out form and a script
// that sends it on a click, or after an idle hour, must not be signed out.
func selfPosting(doc *html.Node, all []*form) *form {
	toFill := slices.ContainsFunc(all, func(f *form) bool { return len(f.editable) > 0 })
	var scripts []string
	for i, f := range all {
		if !f.sendable() || !f.carriesMessage() {
			continue
		}
		if !toFill {
			return f
		}
		if scripts == nil {
			scripts = automatic(doc)
		}
		if slices.ContainsFunc(scripts, func(s string) bool { return f.meant(s, i) }) {
			return f
		}
	}
	if toFill {
		return nil
	}
	if scripts = automatic(doc); len(scripts) == 0 || !bare(doc) {
		return nil
	}
	var only []*form
	for i, f := range all {
		if !f.sendable() {
			continue
		}
		if slices.ContainsFunc(scripts, func(s string) bool { return f.meant(s, i) }) {
			return f
		}
		only = append(only, f)
	}
	if len(only) == 1 {
		return only[0]
	}
	return nil
}

// sendable forms need nobody.
func (f *form) sendable() bool {
	return f.node != nil && f.action != nil && len(f.editable) == 0 && len(f.hidden) > 0 && (f.method == "GET" || f.method == "POST")
}

func (f *form) carriesMessage() bool {
	return slices.ContainsFunc(f.hidden, func(h Field) bool {
		return (h.Name == "SAMLRequest" || h.Name == "SAMLResponse") && h.Value != ""
	})
}

// meant says whether a script names this form, the i-th of the page.
func (f *form) meant(script string, i int) bool {
	ways := []string{fmt.Sprintf("forms[%s]", strconv.Itoa(i))}
	for _, n := range []string{f.id, f.name} {
		if n != "" {
			ways = append(ways, `'`+n+`'`, `"`+n+`"`, "#"+n, "forms."+n, "document."+n+".")
		}
	}
	return slices.ContainsFunc(ways, func(w string) bool { return strings.Contains(script, w) })
}

// automatic are the page's own scripts that send a form without waiting for a
// person, and onload attributes that do or that call such a script.
func automatic(doc *html.Node) []string {
	var out []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if on := attr(n, "onload"); on != "" && submits.MatchString(on) {
			out = append(out, on)
		}
		if n.DataAtom != atom.Script {
			continue
		}
		if s := textOf(n); submits.MatchString(s) && !onDemand.MatchString(s) && !late(s) {
			out = append(out, s)
		}
	}
	return out
}

func late(script string) bool {
	for _, m := range delay.FindAllStringSubmatch(script, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || n > mostDelay {
			return true
		}
	}
	return false
}

// bare is a page with next to nothing to read or to go to.
func bare(doc *html.Node) bool {
	p := page{seen: map[string]bool{}}
	links := 0
	for n := range doc.Descendants() {
		if n.DataAtom == atom.A && hasAttr(n, "href") {
			links++
		}
	}
	p.readText(doc)
	return links <= mostLinks && len(p.text.all) <= mostBlocks
}
