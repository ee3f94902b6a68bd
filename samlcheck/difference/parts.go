package difference

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// consumers compares the assertion consumer services.
func (d *diff) consumers() {
	d.endpoints(d.was.SP(), d.is.SP(), "AssertionConsumerService", Breaks, "responses that are sent to the old address reach nobody, or are refused for their Destination",
		"set Single sign-on URL (Okta) or Reply URL (Entra) to the new address")
	was, ok1 := d.was.DefaultACS()
	is, ok2 := d.is.DefaultACS()
	if ok1 && ok2 && was.Location != is.Location && kept(d.is.ACS(), was) {
		d.add(Change{"default AssertionConsumerService", was.Location, is.Location, is.Line, MayBreak,
			"logins that begin at the identity provider go to another address than before", "compare it with the Single sign-on URL (Okta) or the default Reply URL (Entra)"})
	}
}

func kept(in []metadata.Endpoint, e metadata.Endpoint) bool {
	return slices.ContainsFunc(in, func(o metadata.Endpoint) bool { return o.Binding == e.Binding && o.Location == e.Location })
}

// endpoints compares the services of one kind: what is gone matters, what is new
// does not.
func (d *diff) endpoints(was, is *etree.Element, local string, gone Gravity, because, do string) {
	old, now := d.was.Endpoints(was, local), d.is.Endpoints(is, local)
	for _, e := range old {
		if !kept(now, e) {
			d.add(Change{What: local, Was: words(e), Is: replacement(now, old, e), Gravity: gone, Because: because, Do: do})
		}
	}
	for _, e := range now {
		if !kept(old, e) && len(old) > 0 {
			d.add(Change{What: local, Is: words(e), Line: e.Line, Gravity: Harmless, Because: "one more address"})
		} else if !kept(old, e) {
			d.add(Change{What: local, Is: words(e), Line: e.Line, Gravity: Harmless, Because: "there was none before"})
		}
	}
}

// replacement is the new endpoint of the same binding, where there is one.
func replacement(now, old []metadata.Endpoint, e metadata.Endpoint) string {
	for _, o := range now {
		if o.Binding == e.Binding && !kept(old, o) {
			return words(o)
		}
	}
	return ""
}

func words(e metadata.Endpoint) string {
	return e.Binding[strings.LastIndexByte(e.Binding, ':')+1:] + " " + e.Location
}

// keyWords is what is said of one use of keys.
type keyWords struct{ use, because, do string }

// keys compares the certificates of one use by their keys: a new certificate
// for the same key breaks nothing but readers who pin certificates.
func (d *diff) keys(was, is *etree.Element, w keyWords) {
	old, now := certificates(d.was, was, w.use), certificates(d.is, is, w.use)
	shared := 0
	for _, c := range old {
		if slices.ContainsFunc(now, same(c)) {
			shared++
		}
	}
	for _, c := range old {
		switch {
		case slices.ContainsFunc(now, same(c)):
		case slices.ContainsFunc(now, sameKey(c)):
			d.add(Change{What: w.use + " certificate", Was: thumb(c), Is: thumb(now[slices.IndexFunc(now, sameKey(c))]), Gravity: MayBreak, Because: "the certificate is new, its key is not: only readers that compare whole certificates notice", Do: w.do})
		case shared > 0:
			d.add(Change{What: w.use + " certificate", Was: thumb(c), Gravity: MayBreak, Because: "one of the certificates is withdrawn: " + w.because, Do: w.do})
		default:
			d.add(Change{What: w.use + " certificate", Was: thumb(c), Is: list(now), Gravity: Breaks, Because: "every certificate for this use is another: " + w.because, Do: w.do})
		}
	}
	for _, c := range now {
		if !slices.ContainsFunc(old, same(c)) && (shared > 0 || len(old) == 0) {
			d.add(Change{What: w.use + " certificate", Is: thumb(c), Line: c.Line, Gravity: Harmless, Because: "a further certificate: the beginning of a rollover", Do: w.do})
		}
	}
}

func certificates(d *metadata.Doc, role *etree.Element, use string) []metadata.Certificate {
	return slices.DeleteFunc(d.Certificates(role, use), func(c metadata.Certificate) bool { return c.Cert == nil })
}

func same(c metadata.Certificate) func(metadata.Certificate) bool {
	return func(o metadata.Certificate) bool { return o.Cert.Equal(c.Cert) }
}

func sameKey(c metadata.Certificate) func(metadata.Certificate) bool {
	return func(o metadata.Certificate) bool { return string(spki(o.Cert)) == string(spki(c.Cert)) }
}

func spki(c *x509.Certificate) []byte { return c.RawSubjectPublicKeyInfo }

func thumb(c metadata.Certificate) string {
	sum := sha256.Sum256(c.Cert.Raw)
	return fmt.Sprintf("SHA-256 %s..., until %s", hex.EncodeToString(sum[:8]), c.Cert.NotAfter.Format("2006-01-02"))
}

func list(cs []metadata.Certificate) string {
	var out []string
	for _, c := range cs {
		out = append(out, thumb(c))
	}
	return strings.Join(out, "; ")
}

// formats compares the NameIDFormats.
func (d *diff) formats(was, is *etree.Element) {
	old, now := d.was.NameIDFormats(was), d.is.NameIDFormats(is)
	slices.Sort(old)
	slices.Sort(now)
	if slices.Equal(old, now) {
		return
	}
	g, because := Harmless, "a further format"
	for _, f := range old {
		if !slices.Contains(now, f) {
			g, because = MayBreak, "a format is no longer there: people who are known by such a NameID may be taken for others"
		}
	}
	d.add(Change{"NameIDFormat", strings.Join(old, " "), strings.Join(now, " "), d.is.Line(is), g, because,
		"compare it with Name ID format (Okta) or the Unique User Identifier claim (Entra)"})
}

// requested compares the attributes that the service asks for.
func (d *diff) requested(was, is *etree.Element) {
	old, now := attributes(was), attributes(is)
	for name, required := range now {
		before, there := old[name]
		if !there || required && !before {
			g := Harmless
			if required {
				g = MayBreak
			}
			d.add(Change{What: "RequestedAttribute", Is: name, Line: d.is.Line(is), Gravity: g, Because: "the service asks for it now", Do: "add it under Attribute Statements (Okta) or Attributes & Claims (Entra)"})
		}
	}
	for name := range old {
		if _, there := now[name]; !there {
			d.add(Change{What: "RequestedAttribute", Was: name, Gravity: Harmless, Because: "the service no longer asks for it"})
		}
	}
}

func attributes(role *etree.Element) map[string]bool {
	out := map[string]bool{}
	for _, e := range message.Descendants(role, message.NSMetadata, "RequestedAttribute") {
		name, _ := message.Attr(e, "Name")
		out[name] = message.Bool(e, "isRequired") || out[name]
	}
	return out
}
