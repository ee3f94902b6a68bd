// Package idp is the mock identity provider. A Profile gives it a vendor's
// face; everything else - keys, endpoints, signing, faults - is common.
//
// It never decides what to send: people, options and faults are given to it.
// And it never listens: Play is a transport that answers the IdP's host names
// inside this process, Handler is for whoever wants to listen.
package idp

import (
	"crypto/rsa"
	"net/http"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// A Profile is how one vendor's IdP looks to a service provider. It composes;
// it never signs responses, serves or breaks anything.
type Profile interface {
	Name() string // "okta", "entra"
	// Certificate makes the self-signed certificate of the vendor's own shape
	// (subject, serial, lifetime), as DER.
	Certificate(key *rsa.PrivateKey, now time.Time) ([]byte, error)
	EntityID() string
	SSO() string    // URL that AuthnRequests are sent to
	Launch() string // URL of the IdP-initiated start
	// Metadata renders the exact bytes an administrator would download.
	Metadata(Signer) ([]byte, error)
	// Response renders a good response, unsigned, in the vendor's shape. Its
	// Style says how the vendor signs.
	Response(Login) *etree.Document
	// Denial renders an error response: a status and no assertion.
	Denial(Login) *etree.Document
	Style() forge.Style
	Signing() Signing // what the administrator chose to have signed
	NewID(now time.Time) string
	// Deliver is the page that posts the response.
	Deliver(acs, response, relayState string, hasRelayState bool) []byte
	// Serialize writes the response's bytes in the vendor's way (XML declaration or none).
	Serialize(*etree.Document) ([]byte, error)
}

// Signer holds the IdP's keys. The first is active.
type Signer struct {
	Key  *rsa.PrivateKey
	Cert []byte // DER
}

// Login is everything that a response is made from.
type Login struct {
	SP           string // entityID: becomes the audience
	ACS          string // becomes Recipient and Destination
	InResponseTo string // empty for an IdP-initiated login
	NameIDFormat string // what the target or the request asks for; "" is the face's default
	Person       Person
	Rich         bool // send the union of what SPs look for
	Signing      Signing
	Now          time.Time // IssueInstant
	AuthnInstant time.Time
	ResponseID   string
	AssertionID  string
}

// Person is one synthetic user of the directory.
type Person struct {
	Ref         string // "known", "fresh-1"
	NameID      string
	Email       string
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

// SP is the service provider that a login is for.
type SP struct {
	EntityID string
	ACS      []string // the first is the default
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
	Carry        *Person // whom the forged part names
}

// Exchange is one request and its answer at the IdP, as it went over the wire.
type Exchange struct {
	Request *transcript.Message // nil when IdP-initiated
	Sent    *transcript.Message // nil when refused with a page
	Form    map[string]string   // the fields that were to be posted, for posting them again
	Refusal string              // why the IdP answered with a page of its own, as the vendor would; "" otherwise
	Fault   string              // why the mock itself could not do what it was told (a mutation that changed nothing); "" otherwise
}

// Player answers the IdP's host names for one browser.
type Player interface {
	http.RoundTripper
	Exchanges() []Exchange
}
