package manual

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

// sheet is what the page is made from.
type sheet struct {
	Path, Nonce, ID string
	Card            *Card
	At, Of          int
	Groups          []group
	Seen, Done      []string
	No              Objection
	Rules           template.CSS // which fields are shown when
	Bye             bool
}

type group struct {
	Title, Class string
	Fields       []field
}

type field struct {
	Field
	Class, Value string
}

func (g *Guide) render(w http.ResponseWriter, status int, a Answer, no Objection) {
	g.mu.Lock()
	v := sheet{Path: g.Path(), At: g.at, Of: g.of, Seen: g.seen, No: no, Bye: g.over}
	v.Done = append(v.Done, g.done...)
	if g.card != nil {
		c := g.card.Card
		v.Card, v.ID = &c, g.card.id
		v.lay(c, a)
	}
	g.mu.Unlock()
	g.write(w, status, v)
}

func (g *Guide) write(w http.ResponseWriter, status int, v sheet) {
	v.Nonce = rand.Text()
	var b bytes.Buffer
	if err := g.pages.ExecuteTemplate(&b, "page", v); err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+v.Nonce+"'; script-src 'nonce-"+v.Nonce+
		"'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a reader who went away misses nothing
}

// lay puts the answers given before into the fields, and writes the rules by
// which fields appear: in style alone, so that the page needs no script.
func (v *sheet) lay(c Card, a Answer) {
	var css strings.Builder
	n := 0
	class := func(w *When) string {
		if w == nil {
			return ""
		}
		n++
		name := fmt.Sprintf("when-%d", n)
		fmt.Fprintf(&css, ".%s{display:none}", name)
		for _, is := range w.Is {
			fmt.Fprintf(&css, "form:has(input[name=%q][value=%q]:checked) .%s{display:block}", w.Field, is, name)
		}
		return name
	}
	for _, g := range c.Ask {
		out := group{Title: g.Title, Class: class(g.When)}
		for _, f := range g.Fields {
			value := f.Value
			if given, ok := a.Values[f.Name]; ok {
				value = given
			}
			out.Fields = append(out.Fields, field{f, class(f.When), value})
		}
		v.Groups = append(v.Groups, out)
	}
	// Field names and values are this program's own words; nothing of a person's is in it.
	v.Rules = template.CSS("@supports selector(:has(*)){" + css.String() + "}") //nolint:gosec // see above
}
