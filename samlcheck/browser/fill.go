package browser

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.com/samepage/samlcheck/transcript"
)

// NothingToFill begins a hop's Error where the form of Request.Fill never came.
// The fields that were looked for follow.
const NothingToFill = "no form to fill in "

// filled is what a person would send who writes the given values into the form
// that has fields of all these names, and presses its first button; nil where
// the page has no such form. Everything else in it stays as the page has it.
func filled(all []*form, values map[string]string) *Move {
	if len(values) == 0 {
		return nil
	}
	for _, f := range all {
		if f.node == nil || f.action == nil || f.method == "DIALOG" || !f.asksFor(values) {
			continue
		}
		full := *f
		full.hidden = slices.Clone(f.hidden)
		full.controls(f.node, values)
		for _, name := range slices.Sorted(maps.Keys(values)) {
			full.hidden = append(full.hidden, Field{name, values[name]})
		}
		return full.submit()
	}
	return nil
}

func (f *form) asksFor(values map[string]string) bool {
	for name := range values {
		if !slices.ContainsFunc(f.editable, func(shown string) bool {
			n, _, _ := strings.Cut(shown, ":")
			return n == name
		}) {
			return false
		}
	}
	return true
}

// controls adds the fields that the page itself has filled in, and the button.
func (f *form) controls(root *html.Node, values map[string]string) {
	pressed := false
	for n := range root.Descendants() {
		name := attr(n, "name")
		if _, ours := values[name]; ours || !sendable(n) {
			continue
		}
		kind := strings.ToLower(strings.TrimSpace(attr(n, "type")))
		switch n.DataAtom { //nolint:exhaustive // of all HTML, only what can be filled in
		case atom.Button:
			if submits := kind == "" || kind == "submit"; submits && !pressed {
				f.hidden, pressed = append(f.hidden, Field{name, attr(n, "value")}), true
			}
		case atom.Select:
			if v, ok := chosen(n); ok {
				f.hidden = append(f.hidden, Field{name, v})
			}
		case atom.Input:
			submits := kind == "submit"
			if v, ok := preset(n, kind); ok && (!submits || !pressed) {
				f.hidden = append(f.hidden, Field{name, v})
				pressed = pressed || submits
			}
		}
	}
}

// sendable says whether an element has a value that is sent at all.
func sendable(n *html.Node) bool {
	return n.Type == html.ElementNode && attr(n, "name") != "" && !hasAttr(n, "disabled")
}

// preset is what the page itself has put into an input that is sent with it.
func preset(n *html.Node, kind string) (value string, ok bool) {
	switch kind {
	case "hidden", "button", "image", "reset", "file", "password": // hidden ones are there already
		return "", false
	case "checkbox", "radio":
		if !hasAttr(n, "value") {
			return "on", hasAttr(n, "checked")
		}
		return attr(n, "value"), hasAttr(n, "checked")
	}
	return attr(n, "value"), true
}

// chosen is the option that is sent: the selected one, else the first.
func chosen(sel *html.Node) (value string, ok bool) {
	for n := range sel.Descendants() {
		if n.DataAtom != atom.Option || hasAttr(n, "disabled") {
			continue
		}
		if !ok || hasAttr(n, "selected") {
			value, ok = attr(n, "value"), true
			if !hasAttr(n, "value") && n.FirstChild != nil {
				value = strings.TrimSpace(n.FirstChild.Data)
			}
		}
	}
	return value, ok
}

// Unfilled says in the last hop that the page which was to be filled in never
// came. A login that went to the identity provider without it needs no words.
func Unfilled(hops []transcript.Hop, fill map[string]string) {
	if len(fill) == 0 || len(hops) == 0 || slices.ContainsFunc(hops, func(h transcript.Hop) bool { return h.AtIdP }) {
		return
	}
	failed(&hops[len(hops)-1], NothingToFill+"with "+strings.Join(slices.Sorted(maps.Keys(fill)), ", ")+
		" (fields that a script draws need a real browser)")
}
