package storm

import (
	"fmt"
	"time"

	"example.com/samepage/samlcheck/target"
)

// Ceilings, in logins a second. A login is some four requests and a signature
// to verify; a few of them a second are a busy morning for most companies.
const (
	ceilingThere = 50   // on a host that is somebody's
	ceilingHere  = 1000 // on this machine
)

// DefaultCeiling is how many logins a second a target is sent at most, unless
// more is asked for by name.
func DefaultCeiling(t *target.Target) float64 {
	if t.Loopback() {
		return ceilingHere
	}
	return ceilingThere
}

// mistake is what the user can mend, with how.
type mistake struct {
	text, hint string
}

func (m mistake) Error() string { return "storm: " + m.text }

// Hint says what to do about it.
func (m mistake) Hint() string { return m.hint }

func mistakef(hint, format string, a ...any) error { return mistake{fmt.Sprintf(format, a...), hint} }

// Allowed says why this load may not be sent to the target, nil when it may. Load
// needs `allow: [load]` everywhere, this machine included: it is not undone by
// being polite afterwards.
func (l Load) Allowed(t *target.Target) error {
	if err := l.sensible(); err != nil {
		return err
	}
	host := "the target"
	if hosts := t.Hosts(); len(hosts) > 0 {
		host = hosts[0]
	}
	if !t.Allows("load") {
		return mistakef("add `load` to `allow` in the target file if it is yours to load, as in `allow: [accounts, forgery, load]`",
			"the target file does not allow load at %s", host)
	}
	if l.Fresh && !t.Allows("accounts") {
		return mistakef("add `accounts` to `allow` in the target file if it is yours to fill; --person known makes none",
			"fresh people may leave up to %d accounts at %s, and the target file does not allow that", l.Logins, host)
	}
	if !l.Fresh && t.People.Known == nil {
		return mistakef("people: {known: {email: ...}}, or --person fresh where accounts may be made", "the target file names no member who exists (people.known)")
	}
	ceiling := l.Ceiling
	if ceiling <= 0 {
		ceiling = DefaultCeiling(t)
	}
	if l.Rate > ceiling {
		return mistakef(fmt.Sprintf("--ceiling %g/s if that is yours to decide", l.Rate),
			"%g logins a second are more than the ceiling of %g/s for %s", l.Rate, ceiling, host)
	}
	return nil
}

// Bounds of what makes sense.
const (
	mostLogins  = 10_000_000
	mostWorkers = 10_000
	longestRamp = 24 * time.Hour
)

func (l Load) sensible() error {
	switch {
	case l.Logins < 1 || l.Logins > mostLogins:
		return mistakef("--logins 1000", "%d logins: a storm has between 1 and %d", l.Logins, mostLogins)
	case !(l.Rate > 0) || l.Rate > 1e5:
		return mistakef("--rate 50/s", "a rate of %g logins a second: it must be above 0", l.Rate)
	case l.Ramp < 0 || l.Ramp > longestRamp:
		return mistakef("--ramp 30s", "a ramp of %s: it lasts between nothing and a day", l.Ramp)
	case l.Workers < 1 || l.Workers > mostWorkers:
		return mistakef("--workers 16", "%d workers: at least one makes logins, and at most %d", l.Workers, mostWorkers)
	case l.Sample < 0:
		return mistakef("--sample 50 looks at every fiftieth", "--sample %d: every how many logins one is looked at in full", l.Sample)
	case l.Ceiling < 0:
		return mistakef("--ceiling 100/s", "a ceiling of %g logins a second: it must be above 0", l.Ceiling)
	}
	return nil
}
