// Package setup says what an administrator types into a vendor's form for a
// service provider, field by field, with the place in the metadata that each
// value comes from: Okta's app wizard, Entra's single sign-on page, and what the
// service provider in turn wants to know of the identity provider.
//
//	for _, f := range setup.Okta(sp) { fmt.Println(f.Label, f.Value, f.Note) }
//
// It derives and explains; it judges nothing (packages checks/spmetadata and
// checks/pairing do) and asks no vendor: labels are the forms' own words as of
// 2026, and may read a little different next year. What metadata cannot say - a
// login page, a RelayState - is left empty with a note that says whom to ask.
package setup

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// A Field is one line of a vendor's form.
type Field struct {
	Section string `json:"section"` // the part of the form
	Label   string `json:"label"`   // as the form has it
	Value   string `json:"value"`   // what to type or to choose; "" to leave it as it is
	Note    string `json:"note,omitempty"`
	Line    int    `json:"line,omitempty"`    // in the metadata; 0 where the value does not stand there
	Missing bool   `json:"missing,omitempty"` // the form needs it, and the metadata does not say it
}

// Missing are the labels of the fields that a form needs and metadata leaves open.
func Missing(fields []Field) []string {
	var out []string
	for _, f := range fields {
		if f.Missing {
			out = append(out, f.Label)
		}
	}
	return out
}

// form gathers the fields of one vendor.
type form struct {
	sp      *metadata.Doc
	section string
	fields  []Field
}

func (f *form) add(label, value, note string, at *etree.Element) {
	f.fields = append(f.fields, Field{Section: f.section, Label: label, Value: value, Note: note, Line: f.sp.Line(at)})
}

// need adds a field that must be filled in.
func (f *form) need(label, value, note, ask string, at *etree.Element) {
	f.add(label, value, note, at)
	if strings.TrimSpace(value) == "" {
		last := &f.fields[len(f.fields)-1]
		last.Missing, last.Note, last.Line = true, ask, 0
	}
}

// posts are the ACS that take HTTP-POST: the default first, then the others.
func (f *form) posts() []metadata.Endpoint {
	first, ok := f.sp.DefaultACS()
	if !ok {
		return nil
	}
	out := []metadata.Endpoint{first}
	for _, e := range f.sp.ACS() {
		if e.Binding == message.POST && e.Element != first.Element {
			out = append(out, e)
		}
	}
	return out
}

// logout is the service's logout address for the first of the bindings that it
// has, with its place for answers.
func (f *form) logout(bindings ...string) (e metadata.Endpoint, answer string, ok bool) {
	for _, b := range bindings {
		for _, e := range f.sp.SLO(f.sp.SP()) {
			if e.Binding != b {
				continue
			}
			if answer = e.ResponseLocation; answer == "" {
				answer = e.Location
			}
			return e, answer, true
		}
	}
	return metadata.Endpoint{}, "", false
}

// certificate describes the first readable certificate for a use, so that it
// can be told from others.
func (f *form) certificate(use string) (say string, at *etree.Element) {
	for _, c := range f.sp.Certificates(f.sp.SP(), use) {
		if c.Cert != nil {
			sum := sha256.Sum256(c.DER)
			return fmt.Sprintf("the %s certificate until %s, SHA-256 %x…", use, c.Cert.NotAfter.UTC().Format("2006-01-02"), sum[:8]), c.Element
		}
	}
	return "", nil
}

const (
	nameID1 = "urn:oasis:names:tc:SAML:1.1:nameid-format:"
	nameID2 = "urn:oasis:names:tc:SAML:2.0:nameid-format:"
)

// format chooses what to offer of the formats that the service lists: the first
// for which the vendor has a word. Without any, the vendor's own default stands.
func (f *form) format(words map[string]string) (word, wanted string, at *etree.Element) {
	for _, e := range message.Children(f.sp.SP(), message.NSMetadata, "NameIDFormat") {
		uri := message.Text(e)
		if w, ok := words[uri]; ok {
			return w, uri, e
		}
		if wanted == "" {
			wanted, at = uri, e
		}
	}
	return "", wanted, at
}

// attributes are what the service asks for.
func (f *form) attributes(section string, note string) {
	f.section = section
	for _, e := range f.sp.Find("RequestedAttribute") {
		name, _ := message.Attr(e, "Name")
		if friendly, _ := message.Attr(e, "FriendlyName"); friendly != "" {
			name += " (" + friendly + ")"
		}
		say := note
		if message.Bool(e, "isRequired") {
			say += "; required"
		}
		f.add("attribute", name, say, e)
	}
}
