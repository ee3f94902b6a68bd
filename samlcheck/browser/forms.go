package browser

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Field is one name and value that a form posts, in the page's order.
type Field struct{ Name, Value string }

// form is one form of a page. The one with a nil node gathers the fields that
// stand in no form: many script-drawn sign-in pages have no form element.
type form struct {
	node             *html.Node
	id, name, method string
	action           *url.URL // nil where it is no web address
	enctype          string
	hidden           []Field  // what is posted without a person's doing
	editable         []string // "name:type" of what a person could edit
}

func (f *form) shown() string {
	if f.action == nil {
		return ""
	}
	return shorten(CutURL(f.action.String()), maxHeader)
}

// forms reads the page's forms in order, the formless fields last. It does not
// look into template; noscript has no elements for the parser.
func forms(doc *html.Node, base *url.URL) []*form {
	var all []*form
	loose := &form{}
	var walk func(n *html.Node, in *form)
	walk = func(n *html.Node, in *form) {
		if n.DataAtom == atom.Template {
			return
		}
		if n.Type == html.ElementNode && n.DataAtom == atom.Form {
			in = newForm(n, base)
			all = append(all, in)
		}
		if n.Type == html.ElementNode {
			owner := in
			if id := attr(n, "form"); id != "" {
				owner = byID(all, id, in)
			}
			owner.field(n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(doc, loose)
	return append(all, loose)
}

func byID(all []*form, id string, other *form) *form {
	for _, f := range all {
		if f.id == id {
			return f
		}
	}
	return other
}

func newForm(n *html.Node, base *url.URL) *form {
	f := &form{node: n, id: attr(n, "id"), name: attr(n, "name"), method: "GET", enctype: strings.ToLower(attr(n, "enctype"))}
	if m := strings.ToUpper(strings.TrimSpace(attr(n, "method"))); m == "POST" || m == "DIALOG" {
		f.method = m
	}
	if u, ok := resolve(base, attr(n, "action")); ok {
		f.action = u
		if strings.TrimSpace(attr(n, "action")) == "" {
			f.action = withoutFragment(u)
		}
	}
	return f
}

func withoutFragment(u *url.URL) *url.URL {
	c := *u
	c.Fragment, c.RawFragment = "", ""
	return &c
}

// field sorts one control into what is posted anyway and what a person edits.
func (f *form) field(n *html.Node) {
	name, kind := attr(n, "name"), strings.ToLower(strings.TrimSpace(attr(n, "type")))
	switch n.DataAtom {
	case atom.Select, atom.Textarea:
		kind = n.Data
	case atom.Input:
		if kind == "" {
			kind = "text"
		}
	default:
		return
	}
	if hasAttr(n, "disabled") {
		return
	}
	switch kind {
	case "submit", "button", "image", "reset":
	case "hidden":
		if name != "" {
			f.hidden = append(f.hidden, Field{name, attr(n, "value")})
		}
	default:
		if name == "" {
			name = attr(n, "id")
		}
		shown := cut(shorten(name, 100), true) + ":" + shorten(kind, 20)
		if !hasAttr(n, "readonly") && len(f.editable) < maxFields && !slices.Contains(f.editable, shown) {
			f.editable = append(f.editable, shown)
		}
	}
}
