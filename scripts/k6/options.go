package saml

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/sobek"
	"go.k6.io/k6/lib"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

// How a person is chosen.
const (
	known = "known" // the member whom the target file names
	fresh = "fresh" // somebody new each time
)

// asked is what a script wants of login() or mint().
type asked struct {
	o      *opened
	face   string
	stage  *actor.Stage
	person idp.Person
	kind   string // known or fresh
	proof  bool   // look whether the person is signed in
	again  bool   // go on where the service provider asks to be left alone

	inResponseTo string
	relay        *string
}

// options reads {target, face, person, proof, ignoreRetryAfter, inResponseTo,
// relayState}. A key that is not known is an error: a slip must not become a
// default.
func (i *instance) options(v sobek.Value, state *lib.State) (*asked, error) {
	a := &asked{o: i.first, kind: fresh, proof: true}
	if v != nil && !sobek.IsUndefined(v) && !sobek.IsNull(v) {
		obj := v.ToObject(i.vu.Runtime())
		for _, key := range obj.Keys() {
			if err := a.set(key, obj.Get(key)); err != nil {
				return nil, err
			}
		}
	}
	if a.o == nil {
		return nil, errors.New("saml: no target: const target = saml.open('target.yaml') at the top of the script")
	}
	if a.face == "" {
		a.face = a.o.t.IdP.Faces[0]
	}
	if a.stage = a.o.stages[a.face]; a.stage == nil {
		return nil, fmt.Errorf("saml: the target file has no face %q: it has %s", a.face, strings.Join(a.o.t.IdP.Faces, ", "))
	}
	return a, i.choose(a, state)
}

func (a *asked) set(key string, v sobek.Value) error {
	switch key {
	case "target":
		t, ok := v.Export().(*Target)
		if !ok || t.of == nil {
			return errors.New("saml: target is what saml.open() gave")
		}
		a.o = t.of
	case "face":
		a.face = v.String()
	case "person":
		a.kind = v.String()
	case "proof":
		a.proof = v.ToBoolean()
	case "ignoreRetryAfter":
		a.again = v.ToBoolean()
	case "inResponseTo":
		a.inResponseTo = v.String()
	case "relayState":
		s := v.String()
		a.relay = &s
	default:
		return fmt.Errorf("saml: there is no option %q: target, face, person, proof, ignoreRetryAfter, inResponseTo, relayState", key)
	}
	return nil
}

// choose finds who signs in, and whether the target's owner allows it.
func (i *instance) choose(a *asked, state *lib.State) error {
	t := a.o.t
	var ref trial.Person
	switch a.kind {
	case known:
		if t.People.Known == nil {
			return errors.New("saml: the target file names no member who exists: people: {known: {email: ...}}")
		}
		ref = trial.Known
	case fresh:
		if !t.Allows("accounts") {
			return fmt.Errorf("saml: fresh people may leave an account each at %s: add `accounts` to `allow` if it is yours to fill, or use person: 'known'",
				strings.Join(t.Hosts(), ", "))
		}
		if t.People.Fresh.Domain == "" {
			return errors.New("saml: the target file says no domain for people who were never there: people: {fresh: {domain: acme.example}}")
		}
		ref = "fresh-1"
	default:
		return fmt.Errorf("saml: person %q is neither %s nor %s", a.kind, known, fresh)
	}
	run, err := i.module.runID()
	if err != nil {
		return err
	}
	i.counted++
	// Unique over all VUs of all machines of a test, and over tests by the run.
	tag := fmt.Sprintf("%s-v%dn%d", run, state.VUIDGlobal, i.counted)
	a.person = actor.People(t, tag, []trial.Person{ref})[ref]
	return nil
}

// may says whether a request may go to a host: the user named it.
func (a *asked) may(host string) bool { return slices.Contains(a.o.t.Hosts(), host) }
