// Package aggregate reads a federation's metadata: one document of thousands of
// entities, signed or not, in memory that does not grow with it.
//
// [Scan] makes one pass. It holds one entity at a time, holds every entity
// against the rules that need nothing but the document, and keeps of them a count
// and the first offences, with the line. The rules have the ids of the checks
// that judge a single document (spmetadata/acs-https), and answer as those do;
// the whole catalogue over one entity is for [Entity] to make possible, which
// cuts that one out. What concerns several entities at once (an entityID that
// stands twice, a key that two share) has ids of its own (aggregate/...).
//
// A signature over the whole is verified in the same pass.
//
// It refuses to trust: a signature that verifies with the key that comes with it
// proves that nothing was changed since, not who made it.
package aggregate

import (
	"crypto/x509"
	"time"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// Shown is how many offences of one rule are kept; all are counted.
const Shown = 20

// Options says how to read.
type Options struct {
	Source string              // file name or URL, for messages
	Now    time.Time           // the moment at which validity is looked at
	Trust  []*x509.Certificate // whose signature is wanted; none: the key that comes with it
}

// Offence is one place where a rule is not kept.
type Offence struct {
	Entity  string // the entityID
	Line    int    // 1-based
	Excerpt string
}

// Tally is what is kept of the offences against one rule.
type Tally struct {
	Count int       // all of them
	First []Offence // the first, at most Shown
}

// Result is what one pass found.
type Result struct {
	Source              string
	Name                string // the aggregate's Name
	Aggregate           bool   // the root is an EntitiesDescriptor
	Entities, SPs, IdPs int
	Certificates        int   // X509Certificate elements
	Distinct            int   // different ones among them
	Bytes               int64 // read
	ValidUntil          string
	CacheDuration       string
	Signature           Signature
	Offences            map[string]Tally // by check id
	Odd                 []Offence        // certificates that only this library refuses
}

// Signature is what is known of the signature over the whole document.
type Signature struct {
	Present   bool
	Method    string // URIs
	Digest    string
	Weak      string // why the algorithms are not fit; "" when they are
	Key       string // SHA-256 of the certificate that verifies it, hex; "" when none does
	Trusted   bool   // that certificate is one of Options.Trust
	Problem   string // why it does not verify; "" when it does
	Line      int
	Elsewhere bool // a Signature that does not come first, where the schema has none
}

// Holds says whether the rule was kept everywhere.
func (r *Result) Holds(id string) bool { return r.Offences[id].Count == 0 }

func (r *Result) add(id string, o Offence) {
	t := r.Offences[id]
	t.Count++
	if len(t.First) < Shown {
		t.First = append(t.First, o)
	}
	r.Offences[id] = t
}

const (
	nsMetadata  = message.NSMetadata
	nsSignature = message.NSSignature
	protocol    = message.NSProtocol
)

func failed(source string, line, column int, problem, hint string, err error) error {
	return &metadata.Error{Source: source, Line: line, Column: column, Problem: problem, Hint: hint, Err: err}
}
