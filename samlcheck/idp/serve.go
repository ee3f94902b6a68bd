package idp

import (
	"bytes"
	"crypto/rand"
	_ "embed" // the pages
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Serving is what a listening IdP knows: the app, and the people who may be
// chosen at its sign-in page. There are no passwords.
type Serving struct {
	SP           SP
	People       []Person
	NameIDFormat string
	Rich         bool
}

const (
	waiting  = 10 * time.Minute // how long a sign-in page may stay open
	mostOpen = 1000             // sign-in pages open at once; the oldest make room
)

//go:embed pages.html
var pages string

// desk serves the sign-in page to people's browsers.
type desk struct {
	idp   *IdP
	with  Serving
	pages *template.Template

	mu      sync.Mutex
	barred  map[string]bool // refs of people who are not assigned to the app
	pending map[string]pending
	order   []string // tokens of pending, oldest first
}

type pending struct {
	asked asked
	until time.Time
}

// Handler is the IdP for a human's browser: SSO by both bindings, the
// IdP-initiated start, the metadata, and a page that lists the people and lets
// each be assigned to the app or not. Every answer says that it comes from a
// mock. Whoever can reach it can sign in as anybody of the list: let it listen
// on a loopback address, with the profile's BaseURL naming it.
func (i *IdP) Handler(s Serving) http.Handler {
	d := &desk{idp: i, with: s, barred: map[string]bool{}, pending: map[string]pending{}}
	d.with.People = slices.Clone(s.People)
	for n, p := range d.with.People {
		if p.Ref == "" {
			d.with.People[n].Ref = NameID(p) // what the forms call him
		}
	}
	d.pages = template.Must(template.New("").Parse(pages))
	own := http.NewServeMux()
	own.HandleFunc("GET /{$}", d.front)
	own.HandleFunc("POST /-/sign-in", d.signIn)
	own.HandleFunc("POST /-/assign", d.assign)
	own.HandleFunc("/", d.saml)
	guarded := http.NewCrossOriginProtection().Handler(own)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Mock-IdP", "samlcheck")
		w.Header().Set("Cache-Control", "no-cache, no-store")
		r.Body = http.MaxBytesReader(w, r.Body, largest)
		if strings.HasPrefix(r.URL.Path, "/-/") {
			guarded.ServeHTTP(w, r)
			return
		}
		own.ServeHTTP(w, r) // AuthnRequests come from other sites
	})
}

// saml answers what a browser brings from a service provider, or from a link.
func (d *desk) saml(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == pathOf(d.idp.MetadataURL()) {
		w.Header().Set("Content-Type", metadataType)
		_, _ = w.Write(d.idp.Metadata()) // a reader who went away misses nothing
		return
	}
	if err := r.ParseForm(); err != nil {
		d.refuse(w, Refusal{Kind: BadRequest, Detail: "the form cannot be read"})
		return
	}
	a, _, no := d.idp.read(r.Method, r.URL, r.PostForm, d.with.SP)
	if no != nil {
		d.refuse(w, *no)
		return
	}
	d.show(w, http.StatusOK, "sign-in", d.view(d.remember(a)))
}

func (d *desk) front(w http.ResponseWriter, _ *http.Request) {
	d.show(w, http.StatusOK, "front", d.view(""))
}

// signIn posts the response for the person who was chosen.
func (d *desk) signIn(w http.ResponseWriter, r *http.Request) {
	a, ok := d.take(r.PostFormValue("request"))
	if !ok {
		d.show(w, http.StatusGone, "gone", d.view(""))
		return
	}
	p, ok := d.person(r.PostFormValue("who"))
	if !ok {
		d.refuse(w, Refusal{Kind: BadRequest, Detail: "nobody of that name"})
		return
	}
	if d.isBarred(p.Ref) {
		d.refuse(w, Refusal{Kind: NotAssigned, Who: p.Username, Detail: "not assigned"})
		return
	}
	m, err := d.idp.mint(Reply{
		Person: p, SP: d.with.SP, NameIDFormat: d.with.NameIDFormat, Rich: d.with.Rich, Deny: r.PostFormValue("deny") != "",
	}, a)
	if err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", pageType)
	_, _ = w.Write(d.idp.profile.Deliver(m.ACS, m.Form.Get("SAMLResponse"), a.relay))
}

func (d *desk) assign(w http.ResponseWriter, r *http.Request) {
	p, ok := d.person(r.PostFormValue("who"))
	if !ok {
		d.refuse(w, Refusal{Kind: BadRequest, Detail: "nobody of that name"})
		return
	}
	d.mu.Lock()
	d.barred[p.Ref] = r.PostFormValue("assigned") == ""
	d.mu.Unlock()
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (d *desk) refuse(w http.ResponseWriter, no Refusal) {
	status, body := d.idp.profile.Refuse(no)
	w.Header().Set("Content-Type", pageType)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func (d *desk) person(ref string) (Person, bool) {
	for _, p := range d.with.People {
		if p.Ref == ref {
			return p, true
		}
	}
	return Person{}, false
}

func (d *desk) isBarred(ref string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.barred[ref]
}

// remember keeps a request until somebody has been chosen for it.
func (d *desk) remember(a asked) string {
	token := rand.Text()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.order) >= mostOpen {
		delete(d.pending, d.order[0])
		d.order = d.order[1:]
	}
	d.order = append(d.order, token)
	d.pending[token] = pending{a, d.idp.now().Add(waiting)}
	return token
}

// take gives a request back, once.
func (d *desk) take(token string) (asked, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, ok := d.pending[token]
	delete(d.pending, token)
	return p.asked, ok && d.idp.now().Before(p.until)
}

type view struct {
	Face, EntityID, SSO, Launch, Metadata, SP, Request string
	People                                             []viewed
}

type viewed struct {
	Ref, Name, Email string
	Assigned         bool
}

func (d *desk) view(request string) view {
	v := view{
		Face: d.idp.Name(), EntityID: d.idp.EntityID(), SSO: d.idp.SSO(), Launch: d.idp.Launch(),
		Metadata: d.idp.MetadataURL(), SP: d.with.SP.EntityID, Request: request,
	}
	for _, p := range d.with.People {
		name := p.DisplayName
		if name == "" {
			name = NameID(p)
		}
		v.People = append(v.People, viewed{p.Ref, name, p.Email, !d.isBarred(p.Ref)})
	}
	return v
}

func (d *desk) show(w http.ResponseWriter, status int, name string, v view) {
	var b bytes.Buffer
	if err := d.pages.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", pageType)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
