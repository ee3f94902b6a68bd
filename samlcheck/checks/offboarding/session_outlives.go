package offboarding

import (
	"fmt"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var sessionOutlives = samlcheck.Check{
	ID:    "offboarding/session-outlives",
	Title: "An open session ends soon after the identity provider stops letting the person in.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("off-boarding")},
	Remedy: "Put the service on the list of what is closed by hand when somebody leaves: deactivate the account there, too. " +
		"Ask the vendor for single logout, SCIM, or a session that ends sooner; in Okta and Entra, a shorter session " +
		"at the identity provider changes nothing about this one. `samlcheck offboard --watch 12h` looks longer.",
	Trials: controls(revoked()),
	Judge:  judgeOutlives,
	Proof:  samlcheck.Proof{Holds: "stand-in:brief", Violated: "stand-in"},
}

// judgeOutlives says how long the session lived after the revocation.
func judgeOutlives(c *samlcheck.Case) samlcheck.Verdict {
	first, why := expect.Revisitable(c, revoked().Name, alive)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	if v := stopped(revoked().Name)(c); v.Outcome(samlcheck.Must) != samlcheck.Pass {
		return samlcheck.Undecided("the revocation is not shown to work: %s", v.Because)
	}
	w, why := expect.SessionAt(c, revoked().Name, watched)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	t := follow(c, w)
	return t.verdict().At(first.Ref, w.Ref)
}

// track is what a series of looks says of one session.
type track struct {
	looks       int
	lived, died time.Duration // the last look that found it alive, the first that found it dead
	alive, dead bool
	unclear     string // what the last look said where it said neither
}

// follow reads the looks in order, until the session is dead.
func follow(c *samlcheck.Case, w expect.Session) (t track) {
	for n, look := range w.Step.Looks {
		s := w.LookAt(c, n)
		at := time.Duration(look.After) * time.Millisecond
		t.looks++
		switch {
		case s.Alive():
			t.alive, t.lived, t.unclear = true, at, ""
		case s.Dead():
			t.dead, t.died, t.unclear = true, at, ""
			return t
		default:
			t.unclear = s.Unclear()
		}
	}
	return t
}

func (t track) verdict() samlcheck.Verdict {
	switch {
	case t.looks == 0:
		return samlcheck.Undecided("the session was not looked at after the revocation")
	case t.unclear != "":
		return samlcheck.Undecided("what the session became is unclear: %s", t.unclear)
	case t.dead && !t.alive:
		return samlcheck.Holds("the session was dead at the first look after revocation")
	case t.dead:
		return samlcheck.Holds("the session ended between %s and %s after revocation%s", words(t.lived), words(t.died), perhaps(t))
	case t.looks == 1:
		return samlcheck.Violated("the session was still alive right after revocation, when it was looked at once; how long it lives was not watched")
	}
	return samlcheck.Violated("the session was still alive %s after revocation; watching stopped then%s", words(t.lived), perhaps(t))
}

// perhaps warns that to look is to use.
func perhaps(t track) string {
	if t.looks < 3 {
		return ""
	}
	return fmt.Sprintf(" (looked at %d times; each look is a use of the session, which may have prolonged it)", t.looks)
}

// words is a duration as people say it.
func words(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < 2*time.Hour:
		if s := d % time.Minute; s != 0 {
			return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(s.Seconds()))
		}
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int((d % time.Hour).Minutes()))
}
