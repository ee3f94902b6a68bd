package samepage

import (
	"bytes"
	"crypto/rand"
	"embed"
	"fmt"
	"html/template"
	"math/big"
	"net/http"
)

//go:embed pages.html
var pageFiles embed.FS

// view is what a page shows.
type view struct {
	Title   string
	Text    string
	Login   bool     // offer the way back to the login page
	Notices []string // toasts and messages of this browser
	Noise   []string // QuirkNoise
	Data    any
}

func parsePages() (*template.Template, error) {
	// html/template drops comments that stand in a template, so this one is a value
	const comment = template.HTML("<!-- samlcheck's stand-in for Samepage: this is not the vendor's page -->")
	t := template.New("pages").Funcs(template.FuncMap{"comment": func() template.HTML { return comment }})
	t, err := t.ParseFS(pageFiles, "pages.html")
	if err != nil {
		return nil, fmt.Errorf("samepage: pages: %w", err)
	}
	return t, nil
}

// page answers with a page. It is written to memory first: half a page with
// status 200 would be one more lie.
func (s *Server) page(w http.ResponseWriter, r *http.Request, status int, name string, v view) {
	v.Notices = s.notices(w, r)
	if s.quirky(QuirkNoise) {
		v.Noise = noise()
	}
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, v); err != nil {
		b.Reset()
		b.WriteString("samlcheck's stand-in for Samepage: this page could not be drawn")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the browser may have gone
}

// notices are the messages kept for this browser. A flash shows on the page
// after the one that the browser lands on, and then never again.
func (s *Server) notices(w http.ResponseWriter, r *http.Request) []string {
	in, ok := s.current(r)
	switch {
	case ok && in.sort == toast:
		return []string{in.message}
	case ok && in.sort == flash && s.viewed(in.id) > 1:
		s.end(w, in.id)
		return []string{in.message}
	}
	return nil
}

// noise is a sidebar that is never twice the same: some of the tips, in any
// order, and counters.
func noise() []string {
	tips := []string{
		"Tip: press slash to search all pages.", "Tip: drag a page onto another to nest it.",
		"Did you know? Tables can be sorted by any column.", "Tip: mention a teammate to notify them.",
		"News: comments now keep their place.", "Tip: star the pages that you need daily.",
		"Did you know? Every page has a history.", "Tip: templates save an hour a week.",
	}
	var shown []string
	for range 2 + below(3) {
		i := below(len(tips))
		shown = append(shown, tips[i])
		tips = append(tips[:i:i], tips[i+1:]...)
	}
	return append(shown, fmt.Sprintf("%d people are online, %d pages were edited today", 3+below(400), below(900)))
}

func below(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		return 0
	}
	return int(i.Int64())
}
