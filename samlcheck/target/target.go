// Package target is what the user tells us about a service provider: where a
// login begins, who is known there, how to see who has an account, and what is
// allowed to be done to it.
//
// [Load] reads a target file (YAML). Everything in it is checked, and every
// complaint names the file and the line: a misspelt key must never quietly
// become a default. The same structs make the JSON Schema ([Schema]) that
// editors complete from.
//
// It refuses to act. It opens no connection and starts no command; the only
// files that it reads are the target file and the metadata file that it names,
// of which it wants nothing but the hosts that a run will talk to.
package target

// Target is one target file, checked, with its defaults filled in.
type Target struct {
	Name    string              `yaml:"name" doc:"what this is, in reports"`
	SP      SP                  `yaml:"sp" doc:"the service provider"`
	Session Session             `yaml:"session" doc:"how to see who is signed in"`
	People  People              `yaml:"people" doc:"who signs in"`
	Members *Members            `yaml:"members" doc:"how to see who has an account; optional"`
	IdP     IdP                 `yaml:"idp" doc:"the mock identity provider"`
	Proxy   string              `yaml:"proxy" doc:"an HTTP proxy for all requests; the environment's is never used"`
	Browser string              `yaml:"browser" enum:"plain,chromium,manual" doc:"what drives the logins"`
	Allow   []string            `yaml:"allow" enum:"accounts,forgery,load" doc:"what may be done to a service provider that is not on this machine"`
	Expect  map[string]Expected `yaml:"expect" doc:"what CI gates on: jit or a check id, and the acceptable answers; {is, because, until} accepts a known finding for a time"`
	Secrets []string            `yaml:"secrets" doc:"environment variables whose values must never be written"`

	path     string
	source   string
	lines    map[string]int // by dotted key, for complaints about meaning
	reach    []string       // URLs of the SP that its metadata names
	hidden   []string       // values that must never be written
	warnings []string
}

// SP says where the service provider is. Metadata, or EntityID and ACS.
type SP struct {
	Metadata string `yaml:"metadata" doc:"the service provider's own metadata: a file, or a URL"`
	EntityID string `yaml:"entity_id" doc:"its entityID; needed without metadata, and with metadata of several entities"`
	ACS      string `yaml:"acs" doc:"its assertion consumer service URL; needed without metadata"`
	Login    *Start `yaml:"login" doc:"where SP-initiated login starts; left out: IdP-initiated"`

	Headers map[string]string `yaml:"headers" doc:"sent with every request to the service provider's hosts, for a gate in front of them; never written anywhere"`
	CA      string            `yaml:"ca" doc:"a file of PEM certificates to trust beside the system's"`
}

// Start is the request that begins an SP-initiated login.
type Start struct {
	URL    string            `yaml:"url" doc:"where to begin"`
	Method string            `yaml:"method" enum:"GET,POST" doc:"GET, or POST where form or json is given"`
	Form   map[string]string `yaml:"form" doc:"fields to post; {{email}} and the like are those of whoever signs in"`
	JSON   any               `yaml:"json" doc:"a JSON body to post; {{email}} and the like are filled in"`
	Fill   map[string]string `yaml:"fill" doc:"fields of the page at url that a person fills in before he is sent on; {{email}} and the like are filled in"`
}

// Session says how to see who is signed in.
type Session struct {
	Pages  []string `yaml:"pages" doc:"pages to look at again after each login"`
	Proof  *Proof   `yaml:"proof" doc:"a page that says who is signed in"`
	Logout *Start   `yaml:"logout" doc:"where signing out begins; left out: signing out is not tried"`
}

// Proof is a page that only says yes to who is signed in.
type Proof struct {
	URL      string `yaml:"url" doc:"the page"`
	Status   int    `yaml:"status" doc:"its status for who is signed in"`
	Contains string `yaml:"contains" doc:"what it then contains; {{email}} and the like are filled in"`
}

// People says who signs in.
type People struct {
	Known        *Known     `yaml:"known" doc:"a member who exists at the service provider already, without extra rights"`
	Fresh        Fresh      `yaml:"fresh" doc:"people made up for each run"`
	Attributes   Attributes `yaml:"attributes" doc:"plain (what the face sends by default), rich (all that service providers look for) or a map"`
	NameIDFormat string     `yaml:"name_id_format" doc:"emailAddress, persistent, transient, unspecified, or a URI"`
}

// Known is a member who exists at the service provider before the run. The
// attributes given_name, surname, display_name, username and groups are his
// names; all others are sent as they are spelt, to newcomers too.
type Known struct {
	Email      string              `yaml:"email" doc:"the address"`
	NameID     string              `yaml:"name_id" doc:"the NameID; the address when left out"`
	Attributes map[string][]string `yaml:"attributes" doc:"names, groups and further attributes; one value or a list"`
}

// Fresh says where people live who were never there.
type Fresh struct {
	Domain string `yaml:"domain" doc:"the domain of their addresses"`
}

// Attributes is plain, or a map of names to templates; neither is rich.
type Attributes struct {
	Plain bool
	Map   map[string]string
}

// Members says how to see, and change, who has an account.
type Members struct {
	List    *List    `yaml:"list" doc:"who has an account: JSON, CSV or lines"`
	Invite  *Command `yaml:"invite" doc:"invites {{email}}"`
	Disable *Command `yaml:"disable" doc:"disables {{email}}"`
	Remove  *Command `yaml:"remove" doc:"removes {{email}}"`
}

// List is one way of reading the members view.
type List struct {
	Command []string          `yaml:"command" doc:"a program and its arguments"`
	URL     string            `yaml:"url" doc:"an address to GET"`
	Header  map[string]string `yaml:"header" doc:"headers for url; never written anywhere"`
	File    string            `yaml:"file" doc:"a file, for example an export"`
	Ask     bool              `yaml:"ask" doc:"a person is asked"`
}

// Command is a program and its arguments; {{email}} and the like are filled in.
type Command struct {
	Command []string `yaml:"command" doc:"a program and its arguments"`
}

// IdP says how the mock identity provider looks.
type IdP struct {
	Faces         []string `yaml:"faces" enum:"okta,entra" doc:"whose shape it takes; both when left out"`
	State         string   `yaml:"state" doc:"the folder of its keys; made once"`
	BaseURL       string   `yaml:"base_url" doc:"where it listens; left out: the vendor's host names, inside this process"`
	RequireSigned bool     `yaml:"require_signed_requests" doc:"in idp serve: refuse AuthnRequests that no certificate of the service provider's metadata verifies"`
	Okta          Okta     `yaml:"okta" doc:"the Okta face"`
	Entra         Entra    `yaml:"entra" doc:"the Entra face"`
}

// Path is the file that the target was loaded from.
func (t *Target) Path() string { return t.path }

// Warnings are remarks that stop nothing.
func (t *Target) Warnings() []string { return t.warnings }

// Hidden are the values that must never be written: those of the environment
// variables under secrets, and the headers of members.list.
func (t *Target) Hidden() []string { return t.hidden }

// Source is the file as it was read, without its comments, its ${ENV} not
// expanded; "" for a target that no file made.
func (t *Target) Source() string { return t.source }

// Line is where a dotted key ("sp.acs") stands in the file; 0 when it does not.
func (t *Target) Line(key string) int { return t.lines[key] }
