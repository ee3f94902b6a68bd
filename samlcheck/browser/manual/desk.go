package manual

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"example.com/samepage/samlcheck/browser"
)

// windowCookie marks a browser profile that a step has begun in.
const windowCookie = "samlcheck_window"

// doors is the path below which steps begin.
const doors = "/-/"

// A Seat is one open step at the desk.
type Seat struct {
	Window  string            // which new window it wants; steps in the same window share it
	Begin   []browser.Request // where the step's addresses lead, in order
	Player  http.RoundTripper // answers as the IdP; nil signs nobody in
	Changed func(SeatState)   // told what was seen; may be nil. Must not block
	key     string            // of its addresses
	state   SeatState         // guarded by the desk
}

// SeatState is what the desk saw of a step.
type SeatState struct {
	Begun bool // its address was opened in a window that may be used
	Used  bool // it was last opened in a window of an earlier step
	Came  int  // how often the identity provider was visited meanwhile
}

// Desk is the mock identity provider's front for a person's browser. Make it
// with NewDesk; it is safe for concurrent use.
type Desk struct {
	base string // scheme and host where browsers find it

	mu   sync.Mutex
	seat *Seat
	idle http.RoundTripper // answers documents (metadata) at any time; nil nothing
}

// NewDesk makes a desk that browsers find at base, as in "http://127.0.0.1:8081".
func NewDesk(base string) *Desk {
	if u, err := url.Parse(base); err == nil {
		base = u.Scheme + "://" + u.Host
	}
	return &Desk{base: base}
}

// Idle says who answers while nobody is seated. He must sign nobody in.
func (d *Desk) Idle(rt http.RoundTripper) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.idle = rt
}

// NewWindow names a window that nobody has used.
func NewWindow() string { return token() }

// Sit opens a step and returns its addresses, in the order of Begin.
func (d *Desk) Sit(s *Seat) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	s.key, s.state = short(), SeatState{}
	d.seat = s
	var out []string
	for n := range s.Begin {
		at := d.base + doors + s.key
		if n > 0 {
			at += fmt.Sprintf("/%d", n+1)
		}
		out = append(out, at)
	}
	return out
}

// Leave closes the step: nobody is signed in until the next.
func (d *Desk) Leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seat = nil
}

// State is what was seen of the seat's step.
func (d *Desk) State(s *Seat) SeatState {
	d.mu.Lock()
	defer d.mu.Unlock()
	return s.state
}

// note changes what was seen of a step, and tells.
func (d *Desk) note(s *Seat, change func(*SeatState)) {
	d.mu.Lock()
	change(&s.state)
	now, told := s.state, s.Changed
	d.mu.Unlock()
	if told != nil {
		told(now)
	}
}

// ServeHTTP implements http.Handler.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Mock-IdP", "samlcheck")
	w.Header().Set("Cache-Control", "no-store")
	d.mu.Lock()
	seat, idle := d.seat, d.idle
	d.mu.Unlock()
	if rest, ok := strings.CutPrefix(r.URL.Path, doors); ok {
		d.begin(w, r, seat, rest)
		return
	}
	switch {
	case seat != nil && seat.Player != nil:
		d.pass(w, r, seat.Player)
		d.note(seat, func(s *SeatState) { s.Came++ })
	case idle != nil && r.Method == http.MethodGet && strings.Contains(strings.ToLower(r.URL.Path), "metadata"):
		d.pass(w, r, idle)
	default:
		say(w, http.StatusOK, "Sign in", "This is the sign-in page of samlcheck's mock identity provider. Nobody signs in at this moment: "+
			"what you were told to open leads to a login page. On the guided page, choose \"the login page\".")
	}
}

// begin opens the step in this window, if the window may be used for it.
func (d *Desk) begin(w http.ResponseWriter, r *http.Request, seat *Seat, path string) {
	key, nth, _ := strings.Cut(path, "/")
	if seat == nil || key != seat.key {
		say(w, http.StatusGone, "That step is over", "This address belongs to a step that is over. Look at the guided page for the present one.")
		return
	}
	n := 0
	if nth != "" {
		if _, err := fmt.Sscanf(nth, "%d", &n); err != nil || n < 2 || n > len(seat.Begin) {
			http.NotFound(w, r)
			return
		}
		n--
	}
	mine := ""
	if c, err := r.Cookie(windowCookie); err == nil {
		mine = c.Value
	}
	if mine != "" && mine != seat.Window {
		d.note(seat, func(s *SeatState) { s.Used = true })
		say(w, http.StatusConflict, "This window was used before", "A step has been done in this window, or in one that shares its cookies. "+
			"Close every private window, open a new one, and open the address there.")
		return
	}
	d.note(seat, func(s *SeatState) { s.Begun, s.Used = true, false })
	http.SetCookie(w, &http.Cookie{Name: windowCookie, Value: seat.Window, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(d.base, "https:")})
	start(w, r, seat.Begin[n])
}

// start sends the window where a browser.Request leads.
func start(w http.ResponseWriter, r *http.Request, to browser.Request) {
	switch {
	case to.JSON != nil:
		say(w, http.StatusOK, "Begin the login there", "This service's login begins with a request that only its own page can send. "+
			"Open the service's login page in this window and begin the single sign-on there: "+to.URL)
	case len(to.Form) > 0 || to.Method == http.MethodPost:
		var b strings.Builder
		fmt.Fprintf(&b, `<form method="post" action="%s">`, html.EscapeString(to.URL))
		for k, vs := range to.Form {
			for _, v := range vs {
				fmt.Fprintf(&b, `<input type="hidden" name="%s" value="%s">`, html.EscapeString(k), html.EscapeString(v))
			}
		}
		b.WriteString(`<button style="font:inherit;padding:.6rem 1rem">Begin the login</button></form>`)
		write(w, http.StatusOK, "Begin the login", b.String())
	default:
		http.Redirect(w, r, to.URL, http.StatusFound)
	}
}

// pass has the request answered by the IdP inside this process.
func (d *Desk) pass(w http.ResponseWriter, r *http.Request, to http.RoundTripper) {
	out := r.Clone(r.Context())
	at, err := url.Parse(d.base + r.URL.RequestURI())
	if err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusBadRequest)
		return
	}
	out.URL, out.Host, out.RequestURI = at, at.Host, ""
	resp, err := to.RoundTrip(out)
	if err != nil {
		http.Error(w, "samlcheck: "+err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	for k, vs := range resp.Header {
		w.Header()[k] = vs
	}
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body) // a browser that went away is seen by the person
}

func say(w http.ResponseWriter, status int, title, text string) {
	write(w, status, title, "<p>"+html.EscapeString(text)+"</p>")
}

func write(w http.ResponseWriter, status int, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<!doctype html><!-- samlcheck mock identity provider --><html lang="en"><meta name="viewport" content="width=device-width, initial-scale=1">`+
		`<meta name="color-scheme" content="light dark"><title>%[1]s</title><body style="font:17px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem"><h1>%[1]s</h1>%[2]s</body></html>`,
		html.EscapeString(title), body) // a reader who went away misses nothing
}
