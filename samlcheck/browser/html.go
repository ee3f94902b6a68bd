package browser

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.com/samepage/samlcheck/transcript"
)

// parsePage reads a page as a browser with scripts does: what stands in
// noscript is text, not elements.
func parsePage(text string) (*html.Node, error) {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	return doc, nil
}

// readPage fills in what a person sees and could do on a page.
func readPage(hop *transcript.Hop, doc *html.Node, base *url.URL) {
	p := page{base: baseOf(doc, base), seen: map[string]bool{}}
	p.readText(doc)
	hop.Title, hop.Blocks, hop.Links, hop.Scripts = p.title, p.text.all, p.links, p.scripts
	for _, f := range forms(doc, p.base) {
		if len(hop.Forms) == maxForms {
			break
		}
		if f.node == nil && len(f.editable) == 0 {
			continue
		}
		hop.Forms = append(hop.Forms, transcript.PageForm{Method: f.method, Action: f.shown(), Fields: f.editable})
	}
}

type page struct {
	base     *url.URL
	text     blocks
	title    string
	hasTitle bool
	links    []string
	seen     map[string]bool
	scripts  int
}

// read walks the page in order. visible turns false inside of what is not
// drawn; links and scripts count there all the same.
func (p *page) read(n *html.Node, visible bool) {
	if n.Type == html.TextNode && visible {
		p.text.write(n.Data)
	}
	if n.Type == html.ElementNode {
		if p.alone(n, visible) {
			return
		}
		visible = visible && !undrawn(n)
		if isBlock(n.DataAtom) {
			p.text.end()
			defer p.text.end()
		}
	}
	menu := isMenu(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if menu {
			p.text.end()
		}
		p.read(c, visible)
	}
	if menu {
		p.text.end()
	}
}

// isMenu says whether an element has links side by side and no words between
// them. Each is a text of its own: a member with fewer of them reads nothing
// that others do not, and as one line "InboxReports" would be news beside
// "InboxReportsSettings".
func isMenu(n *html.Node) bool {
	links := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.ContainsFunc(c.Data, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			return false
		}
		if c.DataAtom == atom.A {
			links++
		}
	}
	return links > 1
}

// alone reads an element for itself; true says that what is inside of it is no
// text of the page.
func (p *page) alone(n *html.Node, visible bool) bool {
	switch n.DataAtom {
	case atom.Script:
		p.scripts++
		return true
	case atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Svg, atom.Textarea, atom.Select, atom.Datalist:
		return true
	case atom.Title:
		if !p.hasTitle {
			p.title, p.hasTitle = clean(textOf(n)), true
		}
		return true
	case atom.A, atom.Area:
		p.link(attr(n, "href"))
	case atom.Input:
		if t := strings.ToLower(attr(n, "type")); visible && (t == "submit" || t == "button") {
			p.text.end()
			p.text.write(attr(n, "value"))
			p.text.end()
		}
	default:
	}
	return false
}

// readText gathers the visible text alone.
func (p *page) readText(doc *html.Node) {
	p.read(doc, true)
	p.text.end()
}

// link keeps an address that a person could go to.
func (p *page) link(href string) {
	href = strings.TrimSpace(href)
	if p.base == nil || href == "" || href == "#" || len(p.links) == maxLinks {
		return
	}
	u, ok := resolve(p.base, href)
	if !ok {
		return
	}
	if s := shorten(CutURL(u.String()), maxHeader); !p.seen[s] {
		p.seen[s] = true
		p.links = append(p.links, s)
	}
}

// resolve makes an absolute web address; false is mailto:, javascript: and what
// is none.
func resolve(base *url.URL, ref string) (*url.URL, bool) {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, false
	}
	return u, true
}

// baseOf obeys the page's first base element.
func baseOf(doc *html.Node, at *url.URL) *url.URL {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Base && hasAttr(n, "href") {
			if u, ok := resolve(at, attr(n, "href")); ok {
				return u
			}
			break
		}
	}
	return at
}

// undrawn is what a page itself says it does not show. Style sheets are not
// read: only a real browser knows what they hide.
func undrawn(n *html.Node) bool {
	style := strings.ToLower(strings.ReplaceAll(attr(n, "style"), " ", ""))
	return hasAttr(n, "hidden") || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") ||
		n.DataAtom == atom.Dialog && !hasAttr(n, "open")
}

// isBlock is an element that begins a line of its own, or is drawn apart.
func isBlock(a atom.Atom) bool {
	return slices.Contains([]atom.Atom{
		atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Button, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Label, atom.Legend, atom.Li,
		atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
	}, a)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && a.Namespace == "" })
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
