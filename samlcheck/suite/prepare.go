package suite

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/target"
)

// job is one call of Run: what all faces share.
type job struct {
	o       Options
	t       *target.Target
	base    http.RoundTripper
	sp      idp.SP
	doc     *metadata.Doc // the SP's metadata; nil where the target gives none
	standIn bool          // the service provider says that it is our own
	runID   string
	now     func() time.Time
	window  window
	hand    *hand // the person who is the browser; nil: we drive one
}

func prepare(ctx context.Context, o Options) (*job, error) {
	t, err := o.target()
	if err != nil {
		return nil, err
	}
	j := &job{o: o, t: t, base: o.Transport, runID: o.RunID, now: o.Now}
	if err := j.choice(); err != nil {
		return nil, err
	}
	if j.now == nil {
		j.now = time.Now
	}
	if j.base == nil {
		if j.base, err = reach(t); err != nil {
			return nil, err
		}
	}
	if len(t.SP.Headers) > 0 {
		j.base = &gate{j.base, t.SP.Headers, t}
	}
	for j.runID == "" || browser.TokenLike("samlcheck-"+j.runID+"-entra-1") && o.RunID == "" {
		var b [2]byte
		if _, err := rand.Read(b[:]); err != nil {
			return nil, fmt.Errorf("suite: no randomness: %w", err)
		}
		j.runID = hex.EncodeToString(b[:]) // a user name like a token would be cut where a page shows it
	}
	if err := j.readSP(ctx); err != nil {
		return nil, err
	}
	if o.Parallel > 1 && !t.Loopback() {
		return nil, usagef("leave it out", "suite: %s is not on this machine: there, one trial is made at a time", t.Hosts()[0])
	}
	return j, nil
}

// readSP reads the service provider's metadata, if the target names any, and
// finds where responses go.
func (j *job) readSP(ctx context.Context) error {
	sp := j.t.SP
	j.sp = idp.SP{EntityID: sp.EntityID}
	if sp.ACS != "" {
		j.sp.ACS = []string{sp.ACS}
	}
	if sp.Metadata == "" {
		return nil
	}
	doc, err := Document(ctx, sp.Metadata, j.base)
	if err != nil {
		return err
	}
	if err := metadata.RequireSP(doc); err != nil {
		return usage{err, ""}
	}
	j.doc, j.sp.Encryption, j.sp.Indexes = doc, idp.EncryptionOf(doc), idp.IndexesOf(doc)
	j.sp.Logout = idp.LogoutOf(doc)
	for _, c := range doc.SigningCertificates(doc.SP()) {
		j.sp.Certs = append(j.sp.Certs, c.Raw)
	}
	if j.sp.EntityID == "" {
		j.sp.EntityID = doc.EntityID()
	}
	if def, ok := doc.DefaultACS(); ok && len(j.sp.ACS) == 0 {
		j.sp.ACS = append(j.sp.ACS, def.Location)
	}
	for _, e := range doc.ACS() {
		if e.Binding == postBinding && (len(j.sp.ACS) == 0 || e.Location != j.sp.ACS[0]) {
			j.sp.ACS = append(j.sp.ACS, e.Location)
		}
	}
	j.t.Reach(j.sp.ACS...)
	if to := j.sp.Logout; to.URL != "" {
		j.t.Reach(to.URL)
	}
	if len(j.sp.ACS) == 0 {
		return usagef("give `sp: {acs: ...}` in the target file, or mend the metadata",
			"suite: %s names no AssertionConsumerService: there is nowhere to send a response to", sp.Metadata)
	}
	return nil
}

const postBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"

// Document reads a metadata document from a file or an address. Its errors are
// the user's to mend.
func Document(ctx context.Context, where string, base http.RoundTripper) (*metadata.Doc, error) {
	if !strings.Contains(where, "://") {
		doc, err := metadata.Read(where)
		if err != nil {
			return nil, usage{err, ""}
		}
		return doc, nil
	}
	if base == nil {
		base = transport(nil, nil)
	}
	doc, err := metadata.Fetch(ctx, &http.Client{Transport: base, Timeout: 30 * time.Second}, where)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, usage{err, ""}
	}
	return doc, nil
}

// door is where the service provider is greeted before anything else.
func (j *job) door() string {
	if l := j.t.SP.Login; l != nil {
		at, _, _ := strings.Cut(l.URL, "{{")
		return at
	}
	return j.sp.ACS[0]
}

// greet finds out whether the service provider answers at all, and whether it
// says that it is a stand-in. Any answer will do: even a refusal is somebody.
func (j *job) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, j.timeout())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, j.door(), nil)
	if err != nil {
		return usagef("sp.login and sp.acs are URLs", "suite: %w", err)
	}
	resp, err := j.base.RoundTrip(req)
	if err != nil {
		if errors.Is(ctx.Err(), context.Canceled) {
			return ctx.Err()
		}
		if errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("%w: %s: no answer within %s", engine.ErrUnreachable, j.door(), j.timeout())
		}
		return fmt.Errorf("%w: %s: %w", engine.ErrUnreachable, j.door(), err)
	}
	defer resp.Body.Close()
	j.standIn = resp.Header.Get("X-Stand-In") != ""
	return nil
}

func (j *job) timeout() time.Duration {
	if j.o.Timeout > 0 {
		return j.o.Timeout
	}
	return 20 * time.Second
}

func (j *job) faces() []string {
	if len(j.o.Faces) > 0 {
		return j.o.Faces
	}
	return j.t.IdP.Faces
}

// may is what the target's owner allows, with how to allow the rest.
func (j *job) may() engine.Permission {
	return engine.Permission{
		Accounts: j.t.Allows("accounts"), Forgery: j.t.Allows("forgery"), Load: j.t.Allows("load"),
		Cannot: j.cannot,
		Why:    "add `allow: [accounts, forgery]` to the target file if it is yours to test",
	}
}

// command is how the run can be repeated.
func (j *job) command() string {
	if j.o.Command != "" {
		return j.o.Command
	}
	return strings.Join(os.Args, " ")
}
