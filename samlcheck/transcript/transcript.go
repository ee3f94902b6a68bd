// Package transcript is the record of what was done and what was seen.
//
// It is the only thing that an oracle or a judge may read, so it must be
// enough: a bundle's transcript, judged again years later by a newer
// catalogue, needs no network and no clock. It holds observations, never
// conclusions, and never a secret: cookie values and tokens are stored as
// short digests from the start.
package transcript

import "time"

// Schema names the version of the stored form (transcript.jsonl).
const Schema = "samlcheck.transcript/v1"

// A Ref points at a place in the evidence: a document, a message or one step.
type Ref struct {
	In      string `json:"in"`                // "sp-metadata", "idp-metadata", "okta/007#login", "messages/007-response.xml"
	Line    int    `json:"line,omitempty"`    // 1-based, 0 when unknown
	Excerpt string `json:"excerpt,omitempty"` // a few words of the place, redacted
}

// Record is everything that one face's run saw.
type Record struct {
	Face    string   `json:"face"`
	Browser string   `json:"browser"`
	RunID   string   `json:"run"` // the id that fresh persons carry
	People  []Person `json:"people"`
	Runs    []Run    `json:"runs"`
	Cut     string   `json:"cut,omitempty"` // why the run stopped early; empty when it was complete
}

// Person is one identity that took part. The oracle folds it out of pages, so
// that two people's pages can be compared.
type Person struct {
	Ref         string `json:"ref"` // "known", "fresh-1"
	NameID      string `json:"name_id"`
	Email       string `json:"email"`
	Username    string `json:"username,omitempty"`
	GivenName   string `json:"given_name,omitempty"`
	Surname     string `json:"surname,omitempty"`
	DisplayName string `json:"display_name,omitempty"`
}

// Run is one trial as it happened, in a browser that knew nothing before.
type Run struct {
	ID    string    `json:"id"`              // "okta/007": face and order of performance
	Seq   int       `json:"seq"`             // 0-based order of performance within the face
	Trial string    `json:"trial"`           // the trial's name
	Key   string    `json:"key"`             // the trial's key: equal keys ask the same
	Part  string    `json:"part"`            // the trial's part in the experiment, see package trial
	Again int       `json:"again,omitempty"` // 0 the first performance, 1.. a control repeated after a batch
	Began time.Time `json:"began"`
	Steps []Step    `json:"steps"`
}

// Step is what one planned step did and saw.
type Step struct {
	Name    string    `json:"name"`
	Do      string    `json:"do"`               // the action in words
	Person  string    `json:"person,omitempty"` // ref of who was signing in
	Began   time.Time `json:"began"`
	Took    int64     `json:"took_ms"`
	Request *Message  `json:"request,omitempty"` // what the SP asked of the IdP
	Sent    *Message  `json:"sent,omitempty"`    // what the IdP answered
	Login   []Hop     `json:"login,omitempty"`   // the navigation, until it came to rest
	Beside  []Hop     `json:"beside,omitempty"`  // the navigation of the same login in a second browser at the same moment
	Visits  []Visit   `json:"visits,omitempty"`  // the revisits, in order
	Members *View     `json:"members,omitempty"` // what the members view showed
	Surface []Hop     `json:"surface,omitempty"` // what stands at the places of the surface probe: one request each, nothing followed
	Looks   []Look    `json:"looks,omitempty"`   // the pages again and again, while a session was watched
	Logout  *Logout   `json:"logout,omitempty"`  // what single logout exchanged
	Refusal string    `json:"refusal,omitempty"` // why the IdP answered with a page of its own
	Called  int       `json:"called,omitempty"`  // how often the SP fetched the harness's address that stood in the response
	Fault   string    `json:"fault,omitempty"`   // the harness itself failed, or the SP could not be reached
}

// Message is one SAML message as it went over the wire.
type Message struct {
	XML           string   `json:"xml"`     // exact decoded bytes
	Binding       string   `json:"binding"` // "HTTP-Redirect", "HTTP-POST"
	URL           string   `json:"url"`     // where it was delivered, without the message itself
	RelayState    string   `json:"relay_state,omitempty"`
	HasRelayState bool     `json:"has_relay_state,omitempty"`
	Query         string   `json:"query,omitempty"`      // HTTP-Redirect requests: the raw query, for its detached signature
	Changed       []string `json:"changed,omitempty"`    // names of the mutations applied
	Attributes    []string `json:"attributes,omitempty"` // names of the attributes sent, with the values of groups and roles: "groups=staff"
	Signed        string   `json:"signed,omitempty"`     // "response", "assertion", "both", ""
	Signature     string   `json:"signature,omitempty"`  // of a captured response, as verified when it was read: one of the words of logout.go, or what is wrong
}

// Visit is one page looked at again with the same cookies after the login.
type Visit struct {
	Name string `json:"name"` // own, home, entry, root, proof, own-again, page:<url>, landing:<url>
	Hops []Hop  `json:"hops"`

	Proved *bool `json:"proved,omitempty"` // of the proof page: it is as the target says that it is for whoever is signed in
}

// Rest is the hop on which the visit came to rest; a zero Hop when there was none.
func (v Visit) Rest() Hop { return last(v.Hops) }

// Hop is one request and what came back.
type Hop struct {
	Method      string            `json:"method"`
	URL         string            `json:"url"`     // with query and fragment; token-like values cut to digests
	Because     string            `json:"because"` // start, redirect, refresh, form, json, script
	AtIdP       bool              `json:"at_idp,omitempty"`
	Posted      []string          `json:"posted,omitempty"` // names of the fields posted
	Status      int               `json:"status,omitempty"`
	ContentType string            `json:"content_type,omitempty"`
	Location    string            `json:"location,omitempty"`
	Cookies     []Cookie          `json:"cookies,omitempty"`
	Withheld    []string          `json:"withheld,omitempty"` // names of cookies that SameSite or Secure kept back
	Title       string            `json:"title,omitempty"`
	Blocks      []string          `json:"blocks,omitempty"` // visible text, split at block elements
	Forms       []PageForm        `json:"forms,omitempty"`
	Links       []string          `json:"links,omitempty"` // hrefs, resolved
	JSONKeys    []string          `json:"json_keys,omitempty"`
	Tokens      []Token           `json:"tokens,omitempty"`
	Scripts     int               `json:"scripts,omitempty"` // number of script elements
	Date        string            `json:"date,omitempty"`    // the Date header
	RetryAfter  string            `json:"retry_after,omitempty"`
	RequestIDs  map[string]string `json:"request_ids,omitempty"` // x-request-id, cf-ray, traceparent ...
	Headers     map[string]string `json:"headers,omitempty"`     // of a surface probe only: Allow, WWW-Authenticate, RateLimit ..., in lower case
	Size        int64             `json:"size,omitempty"`        // bytes of body read
	Truncated   bool              `json:"truncated,omitempty"`   // the body was longer than the browser reads
	Error       string            `json:"error,omitempty"`       // transport error, too many hops, too slow

	// What only a browser that runs scripts sees.
	Fetches []Fetch  `json:"fetches,omitempty"` // requests of the page's scripts, in order of their answers
	Storage []string `json:"storage,omitempty"` // keys: "local:theme", "session:auth"; token-like values are Tokens
	Console []string `json:"console,omitempty"` // errors that the page reported
	Blocked []string `json:"blocked,omitempty"` // hosts that the page wanted and that the user did not name
	Screen  string   `json:"screen,omitempty"`  // picture of the page in the bundle: "screens/1f0c9a7be2d4.jpg"
	Told    *Told    `json:"told,omitempty"`    // nobody but a person saw this page: what he said of it
}

// Told is what a person said of a page that he saw in his own browser. What he
// copied from it stands in the hop's Blocks.
type Told struct {
	Shows Shows  `json:"shows"`
	As    string `json:"as,omitempty"`    // signed in as whom: "self", the ref of another person of the run, or "other"; "" he did not say
	Again int    `json:"again,omitempty"` // how often the step was begun anew after a response had been handed out
}

// Shows is the kind of page that a person was shown.
type Shows string

// What a page can show.
const (
	ShowsSignedIn Shows = "signed-in" // the application, with somebody signed in
	ShowsNoAccess Shows = "no-access" // it knows who is there, and says that he has no access
	ShowsError    Shows = "error"     // an error or a refusal, to nobody in particular
	ShowsForm     Shows = "form"      // asks to fill in something other than a login
	ShowsLogin    Shows = "login"     // the login page
	ShowsOther    Shows = "other"     // something else
)

// Self is Told.As for the person whose step it is.
const Self = "self"

// Fetch is one request that a page's script made.
type Fetch struct {
	Method string `json:"method"`
	URL    string `json:"url"`              // cut like a hop's
	Status int    `json:"status,omitempty"` // 0 when no answer came
	Error  string `json:"error,omitempty"`
}

// Cookie is a Set-Cookie as seen. Value is a digest: equal values, equal digests.
type Cookie struct {
	Name     string `json:"name"`
	Digest   string `json:"digest,omitempty"`
	Deleted  bool   `json:"deleted,omitempty"`
	Token    bool   `json:"token,omitempty"` // the value looks like a token
	Path     string `json:"path,omitempty"`
	SameSite string `json:"same_site,omitempty"` // None, Lax, Strict, "" when not given
	Secure   bool   `json:"secure,omitempty"`
	HTTPOnly bool   `json:"http_only,omitempty"`
}

// PageForm is a form that a person could fill in.
type PageForm struct {
	Method string   `json:"method"`
	Action string   `json:"action"`           // resolved
	Fields []string `json:"fields,omitempty"` // "name:type" of the fields that a person could edit
}

// Token is a token-like value by the place where it stood.
type Token struct {
	Place  string `json:"place"` // "fragment:access_token", "query:token", "json:data.access_token"
	Digest string `json:"digest"`
}

// View is what the members view said about the people of this run. Nobody
// else's data is kept: only how many entries there were in all.
type View struct {
	Entries map[string]int `json:"entries"` // person ref -> number of entries with that person's address
	Total   int            `json:"total"`
	Told    bool           `json:"told,omitempty"` // a person read the view and said so; Total is what he ticked
	Error   string         `json:"error,omitempty"`
}

// Step returns the named step, or false.
func (r Run) Step(name string) (Step, bool) {
	for _, s := range r.Steps {
		if s.Name == name {
			return s, true
		}
	}
	return Step{}, false
}

// Last returns the last step, or a zero Step of an empty run.
func (r Run) Last() Step {
	if len(r.Steps) == 0 {
		return Step{}
	}
	return r.Steps[len(r.Steps)-1]
}

// Visit returns the named visit, or false.
func (s Step) Visit(name string) (Visit, bool) {
	for _, v := range s.Visits {
		if v.Name == name {
			return v, true
		}
	}
	return Visit{}, false
}

// Rest is the hop on which the login came to rest; a zero Hop when there was none.
func (s Step) Rest() Hop { return last(s.Login) }

// Person returns the identity with the given ref, or false.
func (r Record) Person(ref string) (Person, bool) {
	for _, p := range r.People {
		if p.Ref == ref {
			return p, true
		}
	}
	return Person{}, false
}

func last(hs []Hop) Hop {
	if len(hs) == 0 {
		return Hop{}
	}
	return hs[len(hs)-1]
}
