// Package idp is the mock identity provider. A Profile gives it a vendor's
// face; everything else - keys, endpoints, signing, faults - is common.
//
// It never decides what to send: people, options and faults are given to it.
// And it never listens: Play is a transport that answers the IdP's host names
// inside this process, Handler is for whoever wants to listen. To sign
// responses without a browser, as tests of other projects do, see package
// suite/idptest.
package idp

import (
	"crypto/rsa"
	"net/http"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// A Profile is how one vendor's IdP looks to a service provider. It composes;
// it never signs responses, serves or breaks anything.
type Profile interface {
	Name() string // "okta", "entra"
	EntityID() string
	SSO() string         // URL that AuthnRequests are sent to
	Launch() string      // URL of the IdP-initiated start
	MetadataURL() string // where the vendor serves the metadata
	// At is the same IdP listening elsewhere: only its URLs differ.
	At(baseURL string) Profile
	// Certificate makes the self-signed certificate of the vendor's own shape
	// (subject, serial, lifetime), as DER.
	Certificate(key *rsa.PrivateKey, now time.Time) ([]byte, error)
	// Metadata renders the exact bytes that an administrator would download.
	Metadata(Signer) ([]byte, error)
	// Attributes is the set that the login's assertion carries.
	Attributes(Login) []Attribute
	// Response renders a good response, unsigned, in the vendor's shape.
	Response(Login) *etree.Document
	// Denial renders an error response: a status and no assertion.
	Denial(Login) *etree.Document
	Style() forge.Style             // how the vendor writes signatures
	Admin() Admin                   // what else he set up that the face leaves to the IdP
	Signing() Signing               // what the administrator chose to have signed
	NewID(seed []byte) string       // an id of the vendor's shape
	AssertionID(seed []byte) string // the same for assertions
	// Serialize writes a message's bytes in the vendor's way.
	Serialize(*etree.Document) ([]byte, error)
	// Deliver is the page that posts a response. The relay state is nil where
	// there is none.
	Deliver(acs, response string, relayState *string) []byte
	// Accepts says why the vendor answers a request with a page of its own, nil
	// when it does not. Without a request (nil) somebody opened SSO bare.
	Accepts(*message.AuthnRequest, SP) *Refusal
	// Refuse is the page that the vendor shows instead of a response.
	Refuse(Refusal) (status int, page []byte)
}

// Refusal is why the IdP answers with a page of its own.
type Refusal struct {
	Kind   RefusalKind
	Code   string // the vendor's own code for it, where the kind has several ("AADSTS75016")
	Detail string // what was wrong, in words
	Issuer string // the request's issuer, where one was read
	ACS    string // the request's AssertionConsumerServiceURL, where one was read
	Who    string // user name of the person who is not assigned, or disabled

	At          time.Time // when; with the two ids, what a vendor's page shows for support
	RequestID   string    // GUID
	Correlation string    // GUID
}

// RefusalKind tells the reasons apart.
type RefusalKind int

// Refusal kinds.
const (
	BadRequest   RefusalKind = iota // not a request that can be read
	UnknownSP                       // an issuer that no app here has
	WrongACS                        // a reply URL that the app does not have
	NotFound                        // no such page
	NotAssigned                     // the person may not use the app
	Disabled                        // the person's account is disabled
	Unsigned                        // the app wants signed requests, and this one is not
	BadSignature                    // it is signed, and not by the app's key
)

// Signer is the IdP's active key with its certificate.
type Signer struct {
	Key  *rsa.PrivateKey
	Cert []byte // DER
}

// Login is everything that a response is made from.
type Login struct {
	SP           string // entityID: becomes the audience
	ACS          string // becomes Recipient and Destination
	InResponseTo string // empty for an IdP-initiated login
	NameIDFormat string // URN that the administrator configured; "" is the face's default
	AskedFormat  string // URN of the request's NameIDPolicy; "" where it has none
	AskedContext string // the first class of the request's RequestedAuthnContext; "" where it has none
	Person       Person
	Rich         bool // send the union of what SPs look for
	Signing      Signing
	Now          time.Time // IssueInstant; the face writes milliseconds
	AuthnInstant time.Time
	ResponseID   string
	AssertionID  string

	// Measured values that a face makes itself when they are not given.
	Reckoned     time.Time // the moment from which the windows are computed
	SessionIndex string
	Issued       time.Time   // the assertion's own IssueInstant
	Context      string      // AuthnContextClassRef
	SessionEnds  time.Time   // SessionNotOnOrAfter
	Set          []Attribute // the attributes, whole and in order
	NameID       string      // the NameID as it is sent; with Format
	Format       string      // its Format; "" where neither is given
}

// A Settler is a Profile that can say beforehand what it would make itself: the
// login comes back with every measured value given, and its response is the same.
// Nothing else of a response may depend on the person, on what was asked, or on
// two values at once: then it can be written from a template, see package template.
type Settler interface {
	Settle(Login) Login
}

// Person is one synthetic user of the directory.
type Person struct {
	Ref         string // "known", "fresh-1"
	NameID      string
	Email       string
	Emails      []string // what the e-mail attributes carry instead, be it several or one empty; nil is Email
	Seed        string   // what the vendor's own ids are made from; "" is Email
	Username    string
	GivenName   string
	Surname     string
	DisplayName string
	Groups      []string
	Attributes  map[string][]string // further attributes, by the exact name to send
	Only        bool                // send Attributes and nothing else: the target file gave the map
}

// Signing says what is signed.
type Signing struct{ Response, Assertion bool }

// SignedAs is the signing that a shape names: "response", "assertion" or "both";
// nil, the administrator's choice, for any other.
func SignedAs(shape string) *Signing {
	switch shape {
	case "response":
		return &Signing{Response: true}
	case "assertion":
		return &Signing{Assertion: true}
	case "both":
		return &Signing{Response: true, Assertion: true}
	}
	return nil
}

// SP is the service provider that a login is for, as its administrator has set
// it up at the IdP.
type SP struct {
	EntityID      string
	ACS           []string          // the first is the default
	Indexes       map[string]string // URLs of ACS by AssertionConsumerServiceIndex, where the vendor honours one
	Certs         [][]byte          // DER: whose keys its signatures are verified with
	Encryption    []byte            // DER: for whom assertions are encrypted, where the face does
	RequireSigned bool              // its AuthnRequests must be signed
	NameIDFormat  string            // what the app sends; "" is the face's default. Reply.NameIDFormat wins
	Logout        Endpoint          // its SingleLogoutService; without a URL it takes part in no logout
}

// Endpoint is where a service provider takes messages.
type Endpoint struct {
	Binding     string // "HTTP-Redirect" or "HTTP-POST"
	URL         string
	ResponseURL string // for responses; "" is URL
}

// Reply is how the IdP answers the requests of one browser.
type Reply struct {
	Person       Person
	SP           SP
	NameIDFormat string
	Rich         bool
	Deny         bool
	Signing      *Signing // nil: as the profile's administrator chose
	Forge        []forge.Mutation
	Carry        *Person    // whom the forged part names
	CallBack     string     // see forge.Context
	Directory    *Directory // nil: the person may sign in whatever happens
}

// Exchange is one request and its answer at the IdP, as it went over the wire.
type Exchange struct {
	Request *transcript.Message // nil when IdP-initiated
	Sent    *transcript.Message // nil when refused with a page
	Form    map[string]string   // the fields that were to be posted, for posting them again
	Subject Subject             // what a LogoutRequest would name; of a response that was sent
	Refusal string              // why the IdP answered with a page of its own, as the vendor would; "" otherwise
	Fault   string              // why the mock itself could not do what it was told (a mutation that changed nothing); "" otherwise
}

// Player answers the IdP's host names for one browser.
type Player interface {
	http.RoundTripper
	Exchanges() []Exchange
}
