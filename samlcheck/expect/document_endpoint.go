package expect

import (
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// otherEndpoints are the role's endpoints without those named, by element.
func otherEndpoints(d Document, without ...string) []*etree.Element {
	var out []*etree.Element
	skip := map[string]bool{}
	for _, w := range without {
		skip[w] = true
	}
	everywhere(d, func(e *etree.Element) {
		if _, ok := message.Attr(e, "Location"); ok && !skip[e.Tag] && (e.Parent() == d.Role || parentIs(e.Parent(), message.NSMetadata, d.Role.Tag)) {
			out = append(out, e)
		}
	})
	return out
}

// OtherEndpointsTLS wants TLS at every endpoint that has no check of its own.
func OtherEndpointsTLS(side Side, without ...string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		look := func(e *etree.Element, name string) {
			if to, ok := message.Attr(e, name); ok {
				if n++; metadata.Plain(to) || !metadata.Absolute(to) {
					bad = append(bad, d.At(e, name+"="+to))
				}
			}
		}
		for _, e := range otherEndpoints(d, without...) {
			look(e, "Location")
			look(e, "ResponseLocation")
		}
		for _, e := range d.ACS() {
			look(e.Element, "ResponseLocation")
		}
		if n == 0 {
			return samlcheck.NotApplicable("there are no other endpoints")
		}
		return None(bad, "every other endpoint is an absolute https address, or on this machine", "endpoints without TLS or without a host")
	}
}

// IndexesUnique wants no two of the role's elements of this name to share an
// index, and at most one to be the default.
func IndexesUnique(side Side, local string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		all := message.Children(d.Role, message.NSMetadata, local)
		if len(all) == 0 {
			return samlcheck.NotApplicable("there is no %s", local)
		}
		var bad []transcript.Ref
		seen, defaults := map[string]bool{}, 0
		for _, e := range all {
			index, _ := message.Attr(e, "index")
			if index != "" && seen[index] {
				bad = append(bad, d.At(e, "index="+index))
			}
			seen[index] = true
			if message.Bool(e, "isDefault") {
				if defaults++; defaults > 1 {
					bad = append(bad, d.At(e, "a second default"))
				}
			}
		}
		return None(bad, "every index stands once, and one is the default at most", "an index or the default stands twice")
	}
}

// ContactsReachable wants each e-mail address of a contact as a mailto: URI.
func ContactsReachable(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		all := d.Find("EmailAddress")
		for _, e := range all {
			address, ok := strings.CutPrefix(message.Text(e), "mailto:")
			user, host, at := strings.Cut(address, "@")
			if !ok || !at || user == "" || !strings.Contains(host, ".") || strings.ContainsAny(address, " \t\r\n<>,;") || strings.Contains(host, "@") {
				bad = append(bad, d.At(e, message.Text(e)))
			}
		}
		if len(all) == 0 {
			return samlcheck.NotApplicable("no contact has an e-mail address")
		}
		return None(bad, "each address is a mailto: URI", "no mailto: URI of an address")
	}
}
