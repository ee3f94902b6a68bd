package samepage

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// maxBody is the largest request that is read. A SAML response is a few
// kilobytes, so a megabyte is generous.
const maxBody = 1 << 20

// Server is one Samepage workspace. It is an http.Handler.
type Server struct {
	opt     Options
	base    *url.URL
	key     *rsa.PrivateKey
	cert    *x509.Certificate
	pages   *template.Template
	handler http.Handler
	csrf    *http.CrossOriginProtection

	mu       sync.Mutex // guards everything below
	idps     []*idp
	members  map[string]*Member
	sessions map[string]*session
	requests map[string]*request
	seen     map[string]time.Time // assertions accepted, until they could not be replayed any more
	leaving  map[string]leaving   // LogoutRequests by ID
	admins   map[string]time.Time
	dawdling map[string]chan struct{} // for HabitTwoAtOnce, by address
	removed  map[string]bool          // addresses, for HabitTombstones
	failed   map[string]bool          // newcomers whose first login has failed, for QuirkLate
	posts    int                      // for QuirkThrottle
	blocked  bool                     // for QuirkBlockAfterSpoilt
	frozen   []Member                 // for QuirkStaleView; nil until the first login
	why      error                    // why the last response was not accepted
}

// New makes a workspace. The options must say where browsers find it.
func New(o Options) (*Server, error) {
	o, err := o.settled()
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("samepage: base url: %w", err)
	}
	if base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || base.Path != "" || base.RawQuery != "" {
		return nil, fmt.Errorf("samepage: base url %q: want http(s)://host[:port] and nothing more", o.BaseURL)
	}
	s := &Server{
		opt: o, base: base, key: o.Key,
		csrf:     http.NewCrossOriginProtection(),
		members:  map[string]*Member{},
		sessions: map[string]*session{},
		requests: map[string]*request{},
		seen:     map[string]time.Time{},
		leaving:  map[string]leaving{},
		admins:   map[string]time.Time{},
		failed:   map[string]bool{},
		removed:  map[string]bool{},
		dawdling: map[string]chan struct{}{},
	}
	if s.key == nil {
		if s.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return nil, fmt.Errorf("samepage: make key: %w", err)
		}
	}
	if s.cert, err = selfSigned(s.key, base.Hostname(), o.Now()); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	s.handler = s.routes()
	return s, nil
}

// ServeHTTP answers like the workspace. Whatever arrives, no panic leaves it:
// a crash is not a refusal, and a service that dies of one message is broken.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Stand-In", "samlcheck")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("X-Frame-Options", "DENY")
	if s.offers(SurfaceRateLimit) {
		w.Header().Set("RateLimit-Policy", `"hour";q=1000;w=3600`)
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	defer func() {
		if v := recover(); v != nil {
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			s.page(w, r, http.StatusBadRequest, "plain", view{Title: "Bad request", Text: "The request could not be understood."})
		}
	}()
	s.handler.ServeHTTP(w, r)
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.front)
	mux.HandleFunc("GET /login", s.login)
	mux.HandleFunc("POST /login", s.loginByPassword)
	mux.HandleFunc("GET /login/sso", s.loginBySSO)
	mux.HandleFunc("/saml/acs", s.acs)
	mux.HandleFunc("GET /saml/metadata", s.metadata)
	mux.HandleFunc("GET "+pathSLO, s.slo)
	mux.HandleFunc("POST "+pathSLO, s.slo)
	mux.HandleFunc("GET "+pathReset, s.reset)
	mux.HandleFunc("GET /home", s.home)
	mux.HandleFunc("GET /welcome", s.welcome)
	mux.HandleFunc("GET /complete", s.complete)
	mux.HandleFunc("POST /complete", s.completed)
	mux.HandleFunc("GET /refused", s.refusedPage)
	mux.HandleFunc("GET /signup", s.signup)
	mux.HandleFunc("POST /signup", s.signedUp)
	mux.HandleFunc("GET /app", s.app)
	mux.HandleFunc("GET /api/me", s.me)
	mux.HandleFunc("GET /logout", s.logout)
	mux.HandleFunc("POST /logout", s.logout)
	s.adminRoutes(mux)
	s.offerRoutes(mux)
	s.startRoutes(mux)
	mux.HandleFunc("/", s.nowhere)
	return mux
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusNotFound, "plain", view{Title: "Not found", Text: "There is no such page."})
}

// Why says why the last response was not accepted, or "" when it was. Pages do
// not tell: it would help whoever forges. It is for tests and for the owner.
func (s *Server) Why() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.why == nil {
		return ""
	}
	return s.why.Error()
}

// at makes an absolute address of this workspace.
func (s *Server) at(path string) string { return s.base.String() + path }

// secure says whether cookies are marked Secure. Browsers count loopback as
// secure even on plain http, so a real one keeps SameSite=None cookies there.
func (s *Server) secure() bool {
	host := s.base.Hostname()
	ip := net.ParseIP(host)
	return s.opt.SecureCookies || s.base.Scheme == "https" || host == "localhost" || ip != nil && ip.IsLoopback()
}

// randomToken is 128 bits: crypto/rand does not fail, it ends the process.
func randomToken() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// sweep drops what has expired, but only when a map has grown, so that a load
// test does not pay for it at every login.
func sweep[V any](m map[string]V, expired func(V) bool) {
	const often = 1024
	if len(m) == 0 || len(m)%often != 0 {
		return
	}
	for k, v := range m {
		if expired(v) {
			delete(m, k)
		}
	}
}
