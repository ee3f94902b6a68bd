package aggregate

import (
	"strings"
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

// dates wants, for each use that has certificates, one that is current and one
// that lasts. An ended one beside a current one is a rollover.
func (b bench) dates() {
	ended, ending := map[int]string{}, map[int]string{}
	for _, use := range []string{"signing", "encryption"} {
		var current bool
		last := -1
		for i, k := range b.r.keys {
			if !k.cert.readable || !k.serves(use) {
				continue
			}
			current = current || k.current(b.now())
			if b.now().Before(k.cert.to) && (last < 0 || k.cert.to.After(b.r.keys[last].cert.to)) {
				last = i
			}
		}
		if last >= 0 && b.r.keys[last].cert.to.Before(b.now().Add(lasting)) {
			ending[last] = "ends " + b.r.keys[last].cert.to.Format(time.DateOnly)
		}
		if current {
			continue
		}
		for i, k := range b.r.keys {
			if k.cert.readable && k.serves(use) {
				ended[i] = "ended " + k.cert.to.Format(time.DateOnly)
				if b.now().Before(k.cert.from) {
					ended[i] = "not before " + k.cert.from.Format(time.DateOnly)
				}
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

func knownBindings() []string {
	const ns = "urn:oasis:names:tc:SAML:2.0:bindings:"
	return []string{
		post, redirect, ns + "SOAP", ns + "HTTP-Artifact", ns + "PAOS", ns + "URI", ns + "HTTP-POST-SimpleSign",
		"urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser",
	}
}

// knownBinding leaves alone whatever is not in SAML's own namespace, and SAML
// 1.x profiles.
func knownBinding(b string) bool {
	if rest, ok := strings.CutPrefix(b, "urn:oasis:names:tc:SAML:"); ok && strings.HasPrefix(rest, "1.") {
		return true
	}
	for _, k := range knownBindings() {
		if b == k {
			return true
		}
	}
	return strings.Contains(b, ":") && !strings.HasPrefix(b, "urn:oasis:")
}

// knownFormat leaves formats of others' making alone: only SAML's own can be misspelt.
func knownFormat(f string) bool {
	own, ok := strings.CutPrefix(f, "urn:oasis:names:tc:SAML:")
	if !ok {
		return strings.Contains(f, ":") && !strings.ContainsAny(f, " \t\n")
	}
	switch own {
	case "1.1:nameid-format:unspecified", "1.1:nameid-format:emailAddress", "1.1:nameid-format:X509SubjectName",
		"1.1:nameid-format:WindowsDomainQualifiedName", "2.0:nameid-format:kerberos", "2.0:nameid-format:entity",
		"2.0:nameid-format:persistent", "2.0:nameid-format:transient", "2.0:nameid-format:encrypted":
		return true
	}
	return false
}
