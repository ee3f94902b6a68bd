package expect

import (
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// A Document is one of the two metadata documents of a case with the role that
// it is read for.
type Document struct {
	In string // "sp-metadata", "idp-metadata": what evidence names
	*metadata.Doc
	Role *etree.Element // SPSSODescriptor or IDPSSODescriptor
}

// A Side picks a document, so that one judge serves both.
type Side func(*samlcheck.Case) Document

// SP picks the service provider's metadata.
func SP(c *samlcheck.Case) Document { return Document{"sp-metadata", c.SP, c.SP.SP()} }

// IdP picks the identity provider's metadata.
func IdP(c *samlcheck.Case) Document { return Document{"idp-metadata", c.IdP, c.IdP.IdP()} }

// At points at an element of the document.
func (d Document) At(e *etree.Element, excerpt string) transcript.Ref {
	return transcript.Ref{In: d.In, Line: d.Line(e), Excerpt: Excerpt(excerpt)}
}

// Excerpt shortens a text to one short line.
func Excerpt(s string) string {
	const most = 100
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// None answers for a judge that has gathered every offence: holds where there
// is none, else violated with all of them as evidence.
func None(offences []transcript.Ref, holds, violated string) samlcheck.Verdict {
	if len(offences) == 0 {
		return samlcheck.Holds("%s", holds)
	}
	var said []string
	for _, o := range offences {
		s := o.Excerpt
		if o.Line > 0 {
			s += fmt.Sprintf(" (line %d)", o.Line)
		}
		said = append(said, s)
	}
	return samlcheck.Violated("%s: %s", violated, strings.Join(said, "; ")).At(offences...)
}

// EntityIDThere wants an entityID.
func EntityIDThere(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		if strings.TrimSpace(d.EntityID()) == "" {
			return None([]transcript.Ref{d.At(d.Entity, "EntityDescriptor")}, "", "the entity has no entityID")
		}
		return samlcheck.Holds("the entityID is %s", Excerpt(d.EntityID()))
	}
}

// EntityIDWithoutSpace wants an entityID that string comparison cannot trip over.
func EntityIDWithoutSpace(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		if id := d.EntityID(); strings.TrimSpace(id) != "" && strings.ContainsAny(id, " \t\r\n\u00a0") {
			bad = append(bad, d.At(d.Entity, id))
		}
		return None(bad, "the entityID has no white space", "the entityID has white space in it or around it")
	}
}

// SpeaksSAML2 wants the role to name the SAML 2.0 protocol.
func SpeaksSAML2(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		if metadata.Speaks(d.Role, message.NSProtocol) {
			return samlcheck.Holds("protocolSupportEnumeration names SAML 2.0")
		}
		v, _ := message.Attr(d.Role, "protocolSupportEnumeration")
		return None([]transcript.Ref{d.At(d.Role, v)}, "", "protocolSupportEnumeration does not name "+message.NSProtocol)
	}
}

// StillValid wants no validUntil in the past.
func StillValid(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		until := d.ValidUntil(d.Role)
		for _, v := range until {
			if v.Err != nil {
				return samlcheck.Undecided("validUntil %q on line %d is not a time", Excerpt(v.Text), v.Line)
			}
			if !c.Now.Before(v.Time) {
				bad = append(bad, transcript.Ref{In: d.In, Line: v.Line, Excerpt: Excerpt(v.Text)})
			}
		}
		if len(until) == 0 {
			return samlcheck.Holds("the metadata names no end of its validity")
		}
		return None(bad, "the metadata is still valid", "the metadata is valid no longer")
	}
}

// NoNewlines wants no line break inside the attribute values that are compared
// or followed.
func NoNewlines(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		var walk func(*etree.Element)
		walk = func(e *etree.Element) {
			for _, a := range e.Attr {
				if a.Space == "" && a.Key != "xmlns" && a.Key != "protocolSupportEnumeration" && strings.ContainsAny(a.Value, "\r\n") {
					bad = append(bad, d.At(e, a.Key))
				}
			}
			for _, k := range e.ChildElements() {
				walk(k)
			}
		}
		walk(d.Entity)
		return None(bad, "no attribute value is broken over lines", "these attributes have a line break inside their value")
	}
}
