package manual

import (
	"context"
	"crypto/subtle"
	_ "embed" // the page
	"encoding/json"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	largest  = 1 << 20         // bytes of an answer that are read: pasted pages are long
	nextCard = 2 * time.Second // how long an answer waits for the next card to come
	longest  = 64 << 10        // bytes of one field that are kept
)

//go:embed page.html
var page string

// Guide is the page that guides the person. Make it with NewGuide; it is safe
// for concurrent use, and several tabs see the same card.
type Guide struct {
	token string
	pages *template.Template

	mu      sync.Mutex
	card    *shown // nil while the harness is at work
	changed chan struct{}
	at, of  int
	done    []string // what was answered, oldest first
	seen    []string // what the desk saw of the present step
	over    bool     // nothing follows
}

// shown is a card on the page.
type shown struct {
	Card
	id     string
	answer chan Answer // takes one
}

// NewGuide makes a page. Its address holds an unguessable word; see Path.
func NewGuide() *Guide {
	return &Guide{
		token: token(), changed: make(chan struct{}),
		pages: template.Must(template.New("").Parse(page)),
	}
}

// Path is the page's path on the host that serves the guide.
func (g *Guide) Path() string { return "/" + g.token + "/" }

// Progress says which step of how many this is, counted from 1.
func (g *Guide) Progress(at, of int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.at, g.of = at, of
}

// Saw replaces what the page says was seen of the present step.
func (g *Guide) Saw(lines ...string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seen = slices.Clone(lines)
}

// Ask shows a card and waits for its answer. The error is the context's own.
func (g *Guide) Ask(ctx context.Context, c Card) (Answer, error) {
	s := &shown{Card: c, id: token(), answer: make(chan Answer, 1)}
	g.show(s)
	defer g.show(nil)
	select {
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	case a := <-s.answer:
		return a, nil
	}
}

// End has the page say goodbye: nothing follows.
func (g *Guide) End() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.over = true
	g.turn()
}

func (g *Guide) ended() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.over
}

func (g *Guide) show(s *shown) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.card = s
	if s != nil {
		g.turn()
	}
}

// turn tells those who wait that there is something new.
func (g *Guide) turn() {
	close(g.changed)
	g.changed = make(chan struct{})
}

// ServeHTTP serves the page to whoever knows its address and sits at this
// machine. Other sites can neither read it nor post to it.
func (g *Guide) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address is the key
	h.Set("X-Content-Type-Options", "nosniff")
	rest, ok := strings.CutPrefix(r.URL.Path, "/")
	word, rest, _ := strings.Cut(rest, "/")
	if !ok || !local(r.Host) || subtle.ConstantTimeCompare([]byte(word), []byte(g.token)) != 1 {
		http.Error(w, "samlcheck: this is not the address that samlcheck printed", http.StatusNotFound)
		return
	}
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		http.Error(w, "samlcheck: another site has sent this: "+err.Error(), http.StatusForbidden)
		return
	}
	switch {
	case rest == "" && r.Method == http.MethodGet:
		g.render(w, http.StatusOK, Answer{}, Objection{})
	case rest == "seen" && r.Method == http.MethodGet:
		g.tell(w)
	case rest == "file" && r.Method == http.MethodGet:
		g.file(w, r)
	case rest == "answer" && r.Method == http.MethodPost:
		g.answer(w, r)
	default:
		http.NotFound(w, r)
	}
}

// local keeps out names that somebody else's DNS points at this machine.
func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// tell says what was seen, for the page's script.
func (g *Guide) tell(w http.ResponseWriter) {
	g.mu.Lock()
	v := struct {
		Card string   `json:"card"`
		Seen []string `json:"seen"`
	}{Seen: append([]string{}, g.seen...)}
	if g.card != nil {
		v.Card = g.card.id
	}
	g.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // a reader who went away misses nothing
}

// file saves one of the present card's files.
func (g *Guide) file(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	card := g.card
	g.mu.Unlock()
	if card != nil {
		for _, l := range card.Do {
			if l.File != "" && l.Name == r.URL.Query().Get("name") {
				w.Header().Set("Content-Type", "application/samlmetadata+xml")
				w.Header().Set("Content-Disposition", `attachment; filename="`+l.Name+`"`)
				_, _ = w.Write([]byte(l.File)) // a reader who went away misses nothing
				return
			}
		}
	}
	http.NotFound(w, r)
}

// answer takes the answer to the present card, and to no other.
func (g *Guide) answer(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, largest)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "samlcheck: the answer cannot be read (is what you pasted longer than a page?): "+err.Error(), http.StatusBadRequest)
		return
	}
	a := Answer{Values: map[string]string{}, Button: r.PostFormValue("button")}
	for k := range r.PostForm {
		v := strings.ToValidUTF8(r.PostFormValue(k), "")
		a.Values[k] = strings.ToValidUTF8(v[:min(len(v), longest)], "")
	}
	g.mu.Lock()
	card, changed := g.card, g.changed
	g.mu.Unlock()
	if card == nil || r.PostFormValue("card") != card.id {
		g.render(w, http.StatusConflict, Answer{}, Objection{Text: "That answer was for another step, which is over already, perhaps in another tab. This is the present one; the answer was not kept."})
		return
	}
	if no := card.object(a); no.Text != "" {
		g.render(w, http.StatusUnprocessableEntity, a, no)
		return
	}
	if !g.take(card, a) {
		g.render(w, http.StatusConflict, Answer{}, Objection{Text: "Another tab was quicker: its answer counts."})
		return
	}
	select {
	case <-changed:
	case <-r.Context().Done():
	case <-time.After(nextCard):
	}
	if g.ended() { // this answer is the last that the page is sure to give
		g.render(w, http.StatusOK, Answer{}, Objection{})
		return
	}
	http.Redirect(w, r, g.Path(), http.StatusSeeOther)
}

// object says why the answer cannot be taken.
func (s *shown) object(a Answer) Objection {
	if a.Button != "" {
		if slices.ContainsFunc(s.Also, func(b Button) bool { return b.Name == a.Button }) {
			return Objection{}
		}
		return Objection{Text: "There is no such button."}
	}
	if lacks := s.lacks(a); lacks != "" {
		return Objection{Text: "Please answer: " + lacks}
	}
	if s.Check == nil {
		return Objection{}
	}
	no := s.Check(s.drop(a))
	if no.Insist && a.Insisted() {
		return Objection{}
	}
	return no
}

// take hands the answer over, once.
func (g *Guide) take(card *shown, a Answer) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.card != card {
		return false
	}
	g.card, g.seen = nil, nil
	said := card.Title
	if a.Button != "" {
		for _, b := range card.Also {
			if b.Name == a.Button {
				said += ": " + b.Label
			}
		}
	}
	g.done = append(g.done, said)
	card.answer <- card.drop(a)
	return true
}
