// Package manual is the way to test a service provider that no program can
// drive: behind MFA, a CAPTCHA or a device check. A person is the browser, and
// this package is the page that guides him.
//
// There are two halves. The [Guide] is a page on loopback that shows one card
// at a time: what to do, and what to say of what came of it. The [Desk] is the
// mock identity provider's front for the person's real browser: while a step is
// open its answers are the step's, and at any other time it signs nobody in. The
// desk also hands out the address at which a step begins, and so notices a
// window that has been used before, and a service that never asked.
//
// What a person says is written down as a person's word (transcript.Told); what
// the desk saw is written down as seen. Neither is judged here.
//
// It refuses to guess. An answer that belongs to another card, or that the desk
// knows to be impossible, is given back with the reason. It never asks for a
// password, and nothing that it serves is fetched from anywhere else.
package manual

import (
	"crypto/rand"
	"strings"
)

// A Card is one thing to do, with the questions about it. Cards are shown one
// at a time and in order.
type Card struct {
	Title  string
	Do     []Line   // what to do, in order
	Ask    []Group  // what to say of it
	Button string   // of the answer that goes on; "Next" when empty
	Also   []Button // other ways to go on, without answering
	// Check says why the answer cannot be, "" when it can. It runs while the
	// page waits, and must not block.
	Check func(Answer) Objection
}

// Line is one instruction.
type Line struct {
	Text string
	Link string // an address to open; shown so that it can be copied
	File string // offered for saving under Name
	Name string
}

// Group is one question with its further fields.
type Group struct {
	Title  string
	Fields []Field
	When   *When // only where another field says so; nil always
}

// Field is one thing to say. A field without options is text.
type Field struct {
	Name, Label, Help string
	Options           []Option
	Value             string // filled in beforehand
	Long              bool   // several lines
	Needed            bool
	When              *When
}

// Option is one of a field's answers.
type Option struct{ Value, Label string }

// When names a field and the values of it that show something else.
type When struct {
	Field string
	Is    []string
}

// Button is a way to go on without an answer.
type Button struct{ Name, Label, Help string }

// Objection is why an answer is given back.
type Objection struct {
	Text   string
	Insist bool // the person may say that it is so nevertheless
}

// Answer is what the person said: values by field, and the button, "" for the
// card's own.
type Answer struct {
	Values map[string]string
	Button string
}

// Get is a field's value, trimmed.
func (a Answer) Get(field string) string { return strings.TrimSpace(a.Values[field]) }

// Insisted says that the person was contradicted before and stays by it.
func (a Answer) Insisted() bool { return a.Values[insist] != "" }

const insist = "insist"

// holds says whether the condition is met; nil always is.
func (w *When) holds(a Answer) bool {
	if w == nil {
		return true
	}
	for _, v := range w.Is {
		if a.Get(w.Field) == v {
			return true
		}
	}
	return false
}

// lacks names the first field that must be filled in and is not, or that holds
// what is none of its options.
func (c Card) lacks(a Answer) string {
	for _, g := range c.Ask {
		for _, f := range g.Fields {
			if !g.When.holds(a) || !f.When.holds(a) {
				continue
			}
			v := a.Get(f.Name)
			if v == "" && f.Needed || v != "" && !f.allows(v) {
				return f.Label
			}
		}
	}
	return ""
}

func (f Field) allows(v string) bool {
	if len(f.Options) == 0 {
		return true
	}
	for _, o := range f.Options {
		if o.Value == v {
			return true
		}
	}
	return false
}

// drop forgets what was said in fields that are not shown: a text that belongs
// to an answer which the person has changed since.
func (c Card) drop(a Answer) Answer {
	out := Answer{Values: map[string]string{}, Button: a.Button}
	for _, g := range c.Ask {
		for _, f := range g.Fields {
			if v := a.Get(f.Name); v != "" && g.When.holds(a) && f.When.holds(a) {
				out.Values[f.Name] = v
			}
		}
	}
	if a.Insisted() {
		out.Values[insist] = "yes"
	}
	return out
}

// token is an unguessable word of an address.
func token() string { return strings.ToLower(rand.Text()) }

// short is a word that is easily typed and that nobody guesses while a step is open.
func short() string { return token()[:10] }
