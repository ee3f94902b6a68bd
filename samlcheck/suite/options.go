package suite

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/target"
)

// ErrUsage marks what the user can mend: a target file, a selection, a missing
// permission, a document that cannot be read. The command exits with 2.
var ErrUsage = errors.New("")

// Options says what to run. Target or Loaded is required.
type Options struct {
	Target string         // path of the target file
	Loaded *target.Target // a target made or read by the caller; wins over Target
	Faces  []string       // "okta", "entra"; none: as the target file says
	Select []string       // check ids or their first parts ("response"); none: the whole catalogue
	// Profile narrows the catalogue first: quick, full, security, metadata or
	// spid, see checks.Profile; "" is full.
	Profile string
	// Minimise goes on to find which attributes a newcomer needs, where the plain
	// ones are not enough: a login and perhaps an account for each group of them.
	Minimise bool
	Out      string // folder in which the bundle is written; "" writes none
	Keep     Keep   // how the bundle is signed, packed and sealed

	// Members replaces the target file's members view, for tests that can look
	// into the service provider themselves.
	Members actor.Directory
	// KeepAccounts leaves what the run made where it is, though the target file
	// says how accounts are removed.
	KeepAccounts bool
	// Transport reaches the service provider; nil is plain HTTP without proxies.
	Transport http.RoundTripper
	// Browser drives the logins: plain, chromium or manual; "" as the target file
	// says. Chromium reaches the service provider by itself, not by Transport.
	Browser string
	// Chromium is a running one to use; nil starts one where it is needed.
	Chromium *chromium.Chromium
	// Parallel is how many questions may be asked at once of a service provider
	// on this machine; 0 and 1 are one after the other, as anywhere else.
	Parallel int
	// Timeout bounds one hop of a browser; 0 is 20 s.
	Timeout time.Duration
	// Watch is how long sessions are watched after somebody was revoked; 0 looks
	// once. A run of all checks leaves it at 0, Offboard waits.
	Watch time.Duration
	// Wait waits between two looks, and as long as a Retry-After asks; nil waits on
	// a timer.
	Wait func(ctx context.Context, d time.Duration) error
	// Progress is told what is being done; nil tells nobody.
	Progress func(Event)
	// Now is the clock; nil is the real one.
	Now func() time.Time
	// RunID is what fresh persons carry; "" is random. A fixed one repeats a run.
	RunID string
	// ByHand reaches the person who is the browser (browser: manual).
	ByHand ByHand
	// Ask asks a person for the members view, where the target file wants that
	// (members: {list: {ask: true}}) and a browser is driven. By hand, the guided
	// page asks.
	Ask actor.Asker
	// Command is how the user called us, for the bundle's REPRODUCE.md.
	Command string
}

// Event is one step of progress.
type Event struct {
	Face  string
	Trial string
	Done  int
	Of    int
}

// usage is an error that the user can mend, with a hint of what to do.
type usage struct {
	err  error
	hint string
}

func (u usage) Error() string   { return u.err.Error() }
func (u usage) Unwrap() error   { return u.err }
func (u usage) Is(e error) bool { return e == ErrUsage } //nolint:errorlint // identity is what Is is for
// Hint says what to do about it.
func (u usage) Hint() string { return u.hint }

func usagef(hint, f string, a ...any) error { return usage{fmt.Errorf(f, a...), hint} }

func (o Options) target() (*target.Target, error) {
	if o.Loaded != nil {
		return o.Loaded, nil
	}
	if o.Target == "" {
		return nil, usagef("`samlcheck init` writes one", "suite: no target file was named")
	}
	t, err := target.Load(o.Target, nil)
	if err != nil {
		return nil, usage{err, ""}
	}
	return t, nil
}
