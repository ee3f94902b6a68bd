// Package trial says, as data, what is to be done to a service provider.
//
// A Trial is one performance in a browser that knew nothing before. Because
// work is data, equal work is done once: trials with equal keys are one run
// that many checks read.
package trial

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// A Trial is one planned run: a fresh browser and ordered steps.
type Trial struct {
	Name  string
	Part  Part
	Role  Role
	Want  transcript.Landing // for a Control: where its last step must land; "" where the judge weighs it himself
	Steps []Step
	// Only names the trial of a good message of the same shape: where that is
	// refused, this one would prove nothing and is not performed.
	Only string
}

// Role tells a question from the proof that the question can be asked.
type Role int

// Roles.
const (
	Probe   Role = iota
	Control      // its failure makes every probe beside it inconclusive
)

// Part is what the oracle may learn from a trial.
type Part string

// Parts.
const (
	Question       Part = "question"        // nothing: it is judged
	KnownIn        Part = "known"           // the known member's good login: an example of being in
	StrangerOut    Part = "stranger"        // nobody signs in: an example of being out
	DeniedOut      Part = "denied"          // the IdP answers with an error status: an example of being out
	SpoiltKey      Part = "spoilt-key"      // the known member, signed by an unknown key
	SpoiltAudience Part = "spoilt-audience" // the known member, meant for another service provider
	Newcomer       Part = "newcomer"        // a person who was never there
	Administration Part = "administration"  // no login: members view, invitation
)

// A Step names an action so that a judge can ask for it.
type Step struct {
	Name  string
	Do    Action
	Fresh bool // in another new browser, though in the same trial
}

// Action is one of Login, Resend, Look, Members, Invite, Disable, Remove.
type Action interface {
	fmt.Stringer
	action()
}

// Person is symbolic: the actor turns it into a real identity of this run.
type Person string

// Known exists at the SP before the run, or is invited by it.
const Known Person = "known"

// Fresh is somebody whom the SP has never seen.
func Fresh(tag string) Person { return Person("fresh-" + tag) }

// Attributes is a named set of attributes.
type Attributes string

// Attribute sets.
const (
	Rich  Attributes = ""      // the union of what SPs look for, or what the target file says
	Plain Attributes = "plain" // what the face sends by default
)

// Start says where a login begins.
type Start string

// Starts.
const (
	AsTarget     Start = ""    // at the SP where the target names a login URL, else at the IdP
	IdPInitiated Start = "idp" // at the IdP, unsolicited
)

type (
	// Login signs a person in, forging the response if told to.
	Login struct {
		As      Person
		Give    Attributes
		From    Start
		Deny    bool             // the IdP answers with an error status and no assertion
		Options string           // a named signing option of the face: "", "response", "assertion", "both"
		Forge   []forge.Mutation // applied in order
		Carry   Person           // the other person whom the forged part names; "" none
		Heavy   bool             // costs the service provider much memory or time: counts as load
		Bring   Delivery         // how the response is brought
		Relay   string           // a RelayState in place of the one that belongs there; "" leaves that
	}
	// Resend posts the response of an earlier step again, byte for byte.
	Resend struct{ Of string }
	// Look visits the common pages without any login; Everywhere adds every
	// landing page that any login has reached so far.
	Look struct{ Everywhere bool }
	// Members reads the members view.
	Members struct{}
	// Invite asks the SP's administrator (the target's command) to invite a
	// person, unless the members view lists that person already.
	Invite struct{ Who Person }
)

func (Login) action()   {}
func (Resend) action()  {}
func (Look) action()    {}
func (Members) action() {}
func (Invite) action()  {}

func (a Login) String() string {
	s := "log in as " + string(a.As)
	if a.Give == Plain {
		s += " with plain attributes"
	}
	if a.From == IdPInitiated {
		s += " from the IdP"
	}
	if a.Deny {
		s += ", refused by the IdP"
	}
	if a.Options != "" {
		s += ", signed: " + a.Options
	}
	for _, m := range a.Forge {
		s += ", forged: " + m.Name
	}
	if a.Carry != "" {
		s += " naming " + string(a.Carry)
	}
	return s + a.brought()
}
func (a Resend) String() string { return "post the response of " + a.Of + " again" }
func (a Look) String() string {
	if a.Everywhere {
		return "look, signed in as nobody, at every page that a login reached"
	}
	return "look, signed in as nobody"
}
func (Members) String() string  { return "read the members view" }
func (a Invite) String() string { return "invite " + string(a.Who) }

// Key identifies what a trial does and learns from, whatever it wants.
// Names count: known-1 and known-2 are two performances of the same action.
func (t Trial) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s", t.Part, t.Name)
	for _, s := range t.Steps {
		fmt.Fprintf(&b, "; %s: %v", s.Name, s.Do)
		if s.Fresh {
			b.WriteString(" in a new browser")
		}
	}
	return b.String()
}
