package idp

import (
	"bytes"
	"crypto/rand"
	_ "embed" // the pages
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"example.com/samepage/samlcheck/transcript"
)

// HandlerOptions are what a listening IdP knows: the app, and the people who may
// be chosen at its sign-in page. There are no passwords.
type HandlerOptions struct {
	// SP is the app. Without an ACS it is learned from the requests that come,
	// as long as they ask for an answer to this machine: a stranger's request
	// must not fetch a signed response.
	SP           SP
	More         []SP // further apps, told apart by the request's Issuer; not without SP
	People       []Person
	Directory    *Directory        // instead of People: a directory that others change too
	Token        string            // bearer token of the control API (docs/control-api.md); "" turns it off
	Log          func(line string) // told of each exchange; nil is nobody. A line never holds a line break
	NameIDFormat string            // "emailAddress", "persistent", or a URN; "" is the face's default
	Rich         bool              // send the union of the attributes that service providers look for

	at string // path under which Several serves this IdP's pages; "" is the root
}

// Serving is HandlerOptions under another name.
type Serving = HandlerOptions

const (
	waiting  = 10 * time.Minute // how long a sign-in page may stay open
	mostOpen = 1000             // sign-in pages open at once; the oldest make room
)

//go:embed pages.html
var pages string

// desk serves the sign-in page to people's browsers.
type desk struct {
	idp    *IdP
	with   HandlerOptions
	people *Directory
	pages  *template.Template

	mu      sync.Mutex
	pending map[string]pending
	order   []string // tokens of pending, oldest first
	learned SP       // whom the last acceptable request came from, where none was configured
	seen    []noted  // the last exchanges, latest first
	next    Next     // how the next login is answered
	inside  sessions // who is signed in here, and where
}

// pending is a request for which nobody has been chosen yet.
type pending struct {
	asked   asked
	sp      SP
	request *transcript.Message // nil when IdP-initiated
	until   time.Time
}

// Handler is the IdP for a human's browser: SSO by both bindings, the
// IdP-initiated start, the metadata, and a page that lists the people and lets
// each be assigned to the app or not, with the last exchanges decoded. Every
// answer says that it comes from a mock. It keeps nothing on disk, bounds what it
// reads and is safe for concurrent use. Whoever can reach it can sign in as anybody of the list: let it listen
// on a loopback address, with the profile's BaseURL naming it.
func (i *IdP) Handler(s HandlerOptions) http.Handler {
	d := &desk{idp: i, with: s, people: s.Directory, pending: map[string]pending{}}
	if d.people == nil {
		d.people = NewDirectory(s.People...)
	}
	d.inside.suffix = strings.ReplaceAll(s.at, "/", "-")
	d.pages = template.Must(template.New("").Parse(pages))
	own := http.NewServeMux()
	own.HandleFunc("GET /{$}", d.front)
	own.HandleFunc("GET /metadata", d.metadata)
	own.HandleFunc("POST /-/sign-in", d.signIn)
	own.HandleFunc("POST /-/assign", d.assign)
	own.HandleFunc("POST /-/disable", d.disable)
	own.HandleFunc("POST /-/sign-out", d.signOut)
	own.HandleFunc("POST /-/person", d.person)
	own.Handle(controlRoot, d.control())
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
		d.vendorMetadata(w, r)
		return
	}
	if err := r.ParseForm(); err != nil {
		d.refuse(w, "", nil, Refusal{Kind: BadRequest, Detail: "the form cannot be read: " + err.Error()})
		return
	}
	if d.logout(w, r) {
		return
	}
	sp, m, no := d.spOf(r)
	var a asked
	if no == nil {
		a, m, no = d.idp.read(r.Method, r.URL, r.PostForm, sp)
	}
	if no != nil {
		d.refuse(w, "", m, *no)
		return
	}
	d.welcome(w, r, pending{asked: a, sp: sp, request: m})
}

func (d *desk) metadata(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", metadataType)
	_, _ = w.Write(d.idp.Metadata()) // a reader who went away misses nothing
}

// vendorMetadata is the document at the vendor's own path.
func (d *desk) vendorMetadata(w http.ResponseWriter, r *http.Request) {
	doc, err := d.idp.metadataAt(r.URL)
	if err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", metadataType)
	_, _ = w.Write(doc) // a reader who went away misses nothing
}

func (d *desk) front(w http.ResponseWriter, r *http.Request) {
	v := d.view("")
	v.Elsewhere = !strings.Contains(v.SSO, "://"+r.Host+"/")
	v.Here = served(r, d.with.at+"/metadata")
	v.Exchanges = d.exchanges()
	sp := d.sp()
	v.SP, v.ACS, v.Configured = sp.EntityID, strings.Join(sp.ACS, " "), len(d.with.SP.ACS) > 0
	v.Nonce = rand.Text()
	d.show(w, http.StatusOK, "front", v)
}

// remember keeps a request until somebody has been chosen for it.
func (d *desk) remember(c pending) string {
	token := rand.Text()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.order) >= mostOpen {
		delete(d.pending, d.order[0])
		d.order = d.order[1:]
	}
	d.order = append(d.order, token)
	c.until = d.idp.now().Add(waiting)
	d.pending[token] = c
	return token
}

// take gives a request back, once.
func (d *desk) take(token string) (pending, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, ok := d.pending[token]
	delete(d.pending, token)
	return p, ok && d.idp.now().Before(p.until)
}

// mark is the comment that every page carries; html/template would drop one that
// stood in the pages themselves.
const mark template.HTML = "<!-- samlcheck: a mock identity provider. No passwords, no real accounts. -->"

type view struct {
	Mark                                                          template.HTML
	Nobody                                                        viewed // an empty form
	Face, EntityID, SSO, Launch, Metadata, Here, SP, ACS, Request string
	People                                                        []viewed
	Exchanges                                                     []exchanged
	Why                                                           string // what is wrong with the message that this is the answer to
	Leaving                                                       []told // whom a logout has to reach
	SLO, Generic                                                  string
	Root                                                          string // path that the page's own links begin with
	Faces                                                         []view // of the front page of several
	Next, Post, Nonce                                             string // the LogoutResponse: a URL to go to, or what is posted to ACS
	Relay                                                         *string
	Configured                                                    bool // the app was named, not learned
	Elsewhere                                                     bool // the metadata names another host than this page's
}

type viewed struct {
	Account
	Name, In string // what to call him; his groups
	Inside   int    // service providers where he is signed in
}

func (d *desk) view(request string) view {
	v := view{
		Mark: mark, Root: d.with.at, Face: d.idp.Name(), EntityID: d.idp.EntityID(), SSO: d.idp.SSO(), Launch: d.idp.Launch(),
		Metadata: d.idp.MetadataURL(), Request: request,
	}
	if p, ok := d.idp.profile.(LogoutProfile); ok {
		v.SLO = p.SLO()
	}
	if p, ok := d.idp.profile.(Tenanted); ok {
		v.Generic = p.GenericURL()
	}
	for _, a := range d.people.List() {
		v.People = append(v.People, viewed{a, nameOf(a.Person), strings.Join(a.Groups, ", "), d.inside.among(a.Ref)})
	}
	return v
}

func (d *desk) show(w http.ResponseWriter, status int, name string, v view) {
	render(w, d.pages, status, name, v)
}

func render(w http.ResponseWriter, pages *template.Template, status int, name string, v view) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", pageType)
	policy := "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
	if v.Nonce != "" { // the page has a script
		policy += "; script-src 'nonce-" + v.Nonce + "'"
	}
	if len(v.Leaving) > 0 {
		policy += "; frame-src *"
	}
	w.Header().Set("Content-Security-Policy", policy)
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
