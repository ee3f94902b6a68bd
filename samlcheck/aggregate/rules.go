package aggregate

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

const (
	lasting = 30 * 24 * time.Hour // as certificate-ends-soon wants
)

// IDs lists the checks whose rules one pass can hold an entity against.
func IDs() []string {
	var out []string
	for _, subject := range []string{"spmetadata/", "idpmetadata/"} {
		for _, rule := range []string{
			"entityid-missing", "entityid-space", "protocol-missing", "certificate-broken", "certificate-pem", "certificate-end",
			"certificate-ends-soon", "certificate-sha1", "key-weak", "valid-until-past", "signing-key-missing",
		} {
			out = append(out, subject+rule)
		}
	}
	return append(out,
		"spmetadata/entityid-not-uri", "spmetadata/entityid-long", "spmetadata/acs-missing", "spmetadata/acs-location-missing",
		"spmetadata/acs-post-missing", "spmetadata/acs-https", "spmetadata/acs-redirect", "spmetadata/acs-index-missing",
		"spmetadata/acs-index-twice", "spmetadata/acs-default-twice", "spmetadata/binding-unknown", "spmetadata/encryption-key-missing",
		"spmetadata/nameid-format-unknown", "spmetadata/slo-https", "spmetadata/organization-incomplete", "spmetadata/contact-missing",
		"idpmetadata/sso-missing", "idpmetadata/sso-https", "idpmetadata/sso-redirect-missing", "idpmetadata/sso-response-location",
	)
}

// judge holds the entity that was just read against every rule.
func (s *scan) judge() {
	s.out.Entities++
	s.acrossEntities()
	for _, k := range []kind{serviceProvider, identityProvider} {
		r := chosen(s.e.roles, k)
		if r == nil {
			continue
		}
		b := bench{s, r, "spmetadata/"}
		if k == identityProvider {
			b.subject = "idpmetadata/"
		}
		b.common()
		b.certificates()
		if k == serviceProvider {
			s.out.SPs++
			b.consumer()
			b.service()
		} else {
			s.out.IdPs++
			b.signOn()
		}
	}
}

// chosen is the role that an entity is read for: the first that speaks SAML 2.0,
// else the first.
func chosen(rs []role, k kind) *role {
	var first *role
	for i := range rs {
		switch r := &rs[i]; {
		case r.kind != k:
		case r.speaksSAML2():
			return r
		case first == nil:
			first = r
		}
	}
	return first
}

// bench judges one role.
type bench struct {
	*scan
	r       *role
	subject string
}

func (b bench) bad(rule string, line int, f string, a ...any) {
	b.out.add(b.subject+rule, Offence{b.e.id, line, short(fmt.Sprintf(f, a...))})
}

// short is an excerpt: one line, at most so many characters.
func short(s string) string {
	const most = 100
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most-1]) + "…"
	}
	return s
}

func (b bench) common() {
	id := b.e.id
	switch {
	case strings.TrimSpace(id) == "":
		b.bad("entityid-missing", b.e.line, "EntityDescriptor")
	case strings.ContainsAny(id, " \t\r\n\u00a0"):
		b.bad("entityid-space", b.e.line, "%s", id)
	}
	if !b.r.speaksSAML2() {
		b.bad("protocol-missing", b.r.line, "%s", b.r.protocols)
	}
	for _, v := range b.validAt(b.r) {
		if t, err := metadata.ParseTime(v.text); err == nil && !b.now().Before(t) {
			b.bad("valid-until-past", v.line, "%s", v.text)
		}
	}
}

// consumer holds a service provider's assertion consumer services against the rules.
func (b bench) consumer() {
	acs := b.r.services("AssertionConsumerService")
	if len(acs) == 0 {
		b.bad("acs-missing", b.r.line, "SPSSODescriptor")
		return
	}
	indexes, defaults, posts := map[string]bool{}, 0, 0
	for _, e := range acs {
		if !metadata.Absolute(e.location) {
			b.bad("acs-location-missing", e.line, "Location=%s", e.location)
		}
		if metadata.Plain(e.location) {
			b.bad("acs-https", e.line, "%s", e.location)
		}
		switch e.binding {
		case message.POST:
			posts++
		case message.Redirect:
			b.bad("acs-redirect", e.line, "%s", e.location)
		}
		switch {
		case e.index == "":
			b.bad("acs-index-missing", e.line, "%s", e.location)
		case indexes[e.index]:
			b.bad("acs-index-twice", e.line, "index=%s", e.index)
		}
		indexes[e.index] = true
		if e.isDefault {
			if defaults++; defaults > 1 {
				b.bad("acs-default-twice", e.line, "%s", e.location)
			}
		}
	}
	if posts == 0 {
		b.bad("acs-post-missing", b.r.line, "SPSSODescriptor")
	}
}

// service is the rest of a service provider.
func (b bench) service() {
	id := strings.TrimSpace(b.e.id)
	if id != "" && !uri(strings.Join(strings.Fields(id), "")) {
		b.bad("entityid-not-uri", b.e.line, "%s", id)
	}
	if n := utf8.RuneCountInString(b.e.id); n > 1024 {
		b.bad("entityid-long", b.e.line, "%d characters", n)
	}
	b.reached()
	if b.r.signsRequests && !b.r.signing {
		b.bad("signing-key-missing", b.r.line, "AuthnRequestsSigned")
	}
	if !b.r.encryptable {
		b.bad("encryption-key-missing", b.r.line, "SPSSODescriptor")
	}
	for _, f := range b.r.formats {
		switch {
		case f.text == "":
			b.bad("nameid-format-unknown", f.line, "an empty NameIDFormat")
		case !metadata.KnownNameIDFormat(f.text):
			b.bad("nameid-format-unknown", f.line, "%s", f.text)
		}
	}
	b.described()
}

// reached holds a service provider's other endpoints against the rules.
func (b bench) reached() {
	for _, e := range b.r.endpoints {
		if e.local != "SingleSignOnService" && !metadata.KnownBinding(e.binding) {
			b.bad("binding-unknown", e.line, "Binding=%s", e.binding)
		}
		if e.local == "SingleLogoutService" {
			for _, at := range []string{e.location, e.response} {
				if metadata.Plain(at) {
					b.bad("slo-https", e.line, "%s", at)
				}
			}
		}
	}
}

// described holds what is there for people against the rules.
func (b bench) described() {
	for _, o := range b.e.orgs {
		for _, part := range []struct {
			there bool
			name  string
		}{{o.name, "OrganizationName"}, {o.displayName, "OrganizationDisplayName"}, {o.atURL, "OrganizationURL"}} {
			if !part.there {
				b.bad("organization-incomplete", o.line, "no %s", part.name)
			}
		}
	}
	if !b.e.contact {
		b.bad("contact-missing", b.e.line, "EntityDescriptor")
	}
}

// signOn holds an identity provider's single sign-on services against the rules.
func (b bench) signOn() {
	if !b.r.signing {
		b.bad("signing-key-missing", b.r.line, "IDPSSODescriptor")
	}
	sso := b.r.services("SingleSignOnService")
	if len(sso) == 0 {
		b.bad("sso-missing", b.r.line, "IDPSSODescriptor")
		return
	}
	redirects := 0
	for _, e := range sso {
		if metadata.Plain(e.location) {
			b.bad("sso-https", e.line, "%s", e.location)
		}
		if e.response != "" {
			b.bad("sso-response-location", e.line, "%s", e.response)
		}
		if e.binding == message.Redirect {
			redirects++
		}
	}
	if redirects == 0 {
		b.bad("sso-redirect-missing", b.r.line, "IDPSSODescriptor")
	}
}

func uri(id string) bool {
	u, err := url.Parse(id)
	return err == nil && u.Scheme != ""
}
