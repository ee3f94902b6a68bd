package aggregate

import (
	"time"
)

// certificates holds a role's certificates against the rules.
func (b bench) certificates() {
	for _, k := range b.r.keys {
		c := k.cert
		if c.armour {
			b.key(k, "certificate-pem", "with BEGIN CERTIFICATE lines")
		}
		switch {
		case c.problem != "":
			b.key(k, "certificate-broken", "unreadable")
		case c.odd != "":
			if len(b.out.Odd) < Shown {
				b.out.Odd = append(b.out.Odd, Offence{b.e.id, k.line, short(c.odd)})
			}
		}
		if c.weak != "" {
			b.key(k, "key-weak", c.weak)
		}
		if c.sha1 != "" {
			b.key(k, "certificate-sha1", c.sha1)
		}
	}
	b.dates()
}

func (b bench) key(k key, rule, say string) {
	use := k.use
	if use == "" {
		use = "signing and encryption"
	}
	b.bad(rule, k.line, "%s certificate %s", use, say)
}

// newest says whether some certificate for the use is current, and which of those
// that have not ended lasts longest; -1 for none.
func (b bench) newest(use string) (current bool, last int) {
	last = -1
	for i, k := range b.r.keys {
		if !k.cert.readable || !k.serves(use) {
			continue
		}
		current = current || k.current(b.now())
		if b.now().Before(k.cert.to) && (last < 0 || k.cert.to.After(b.r.keys[last].cert.to)) {
			last = i
		}
	}
	return current, last
}

// outside says in words why a certificate that is not current is not.
func (k key) outside(now time.Time) string {
	if now.Before(k.cert.from) {
		return "not before " + k.cert.from.Format(time.DateOnly)
	}
	return "ended " + k.cert.to.Format(time.DateOnly)
}

// dates wants, for each use that has certificates, one that is current and one
// that lasts. An ended one beside a current one is a rollover.
func (b bench) dates() {
	ended, ending := map[int]string{}, map[int]string{}
	for _, use := range []string{"signing", "encryption"} {
		current, last := b.newest(use)
		if last >= 0 && b.r.keys[last].cert.to.Before(b.now().Add(lasting)) {
			ending[last] = "ends " + b.r.keys[last].cert.to.Format(time.DateOnly)
		}
		if current {
			continue
		}
		for i, k := range b.r.keys {
			if k.cert.readable && k.serves(use) {
				ended[i] = k.outside(b.now())
			}
		}
	}
	for i, k := range b.r.keys {
		if say, ok := ended[i]; ok {
			b.key(k, "certificate-end", say)
		}
		if say, ok := ending[i]; ok {
			b.key(k, "certificate-ends-soon", say)
		}
	}
}
