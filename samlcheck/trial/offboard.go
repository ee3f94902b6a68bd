package trial

import (
	"fmt"
	"time"
)

// How somebody is kept out at the identity provider.
type How string

// Ways to revoke.
const (
	Unassigned How = "unassigned" // the app is taken away from him
	Disabled   How = "disabled"   // his account is blocked
)

type (
	// Revoke keeps a person out at the mock identity provider, for the rest of
	// the trial: it is the mock's own state, and nothing is sent anywhere.
	Revoke struct {
		Who Person
		How How
	}
	// Restore undoes Revoke.
	Restore struct{ Who Person }
	// Revisit looks at the common pages again, in the browser of an earlier step
	// of the trial.
	Revisit struct{ Of string }
	// Watch is Revisit on a schedule of doubling waits, until the session is
	// dead or the time is up. How long is the run's choice; without one it is a
	// single look.
	Watch struct {
		Of   string
		Most time.Duration // no longer than this; 0 is as long as the run watches
	}
	// Doors looks, signed in as nobody, for pages that reset a password. Links
	// are followed; nothing is submitted.
	Doors struct{}
)

func (Revoke) action()  {}
func (Restore) action() {}
func (Revisit) action() {}
func (Watch) action()   {}
func (Doors) action()   {}

func (a Revoke) String() string {
	return fmt.Sprintf("at the identity provider, make %s %s", a.Who, a.How)
}
func (a Restore) String() string {
	return "at the identity provider, let " + string(a.Who) + " in again"
}
func (a Revisit) String() string { return "look at the pages again in the browser of " + a.Of }
func (a Watch) String() string {
	s := "watch the session of " + a.Of
	if a.Most > 0 {
		s += fmt.Sprintf(" for %s at most", a.Most)
	}
	return s
}
func (Doors) String() string {
	return "look, signed in as nobody, for a page that resets passwords, and submit nothing"
}
