package idp

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Account is one person of a Directory and what the administrator decided about
// him.
type Account struct {
	Person
	Assigned bool // may use the app
	Disabled bool // may sign in nowhere
}

// Directory is the people of an IdP: state that a test, the control API and the
// front page change while it runs. It is safe for concurrent use; what it gives
// out are copies. A login reads it at the moment of the answer.
type Directory struct {
	mu    sync.Mutex
	order []string // refs, in the order in which they came
	by    map[string]Account
}

// NewDirectory makes a directory of people who are all assigned and enabled. A
// person without a Ref is called by his NameID. Of two people with one Ref the
// first stays.
func NewDirectory(people ...Person) *Directory {
	d := &Directory{by: map[string]Account{}}
	for _, p := range people {
		_ = d.Add(p) // a second one of the same name, or nobody at all
	}
	return d
}

// Key is what a person is called in a directory: the Ref, else the NameID.
func (p Person) Key() string {
	if p.Ref != "" {
		return p.Ref
	}
	return NameID(p)
}

// Add puts a person into the directory, assigned and enabled. It is an error
// when the person has no name at all, or one that is taken.
func (d *Directory) Add(p Person) error {
	p.Ref = p.Key()
	if p.Ref == "" {
		return fmt.Errorf("idp: a person needs a ref, a NameID, an address or a user name")
	}
	return d.add(Account{Person: p, Assigned: true})
}

func (d *Directory) add(a Account) error {
	a.Person = a.Person.clone()
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, taken := d.by[a.Ref]; taken {
		return fmt.Errorf("idp: there is a person %q already", a.Ref)
	}
	d.order = append(d.order, a.Ref)
	d.by[a.Ref] = a
	return nil
}

// Remove takes a person out. It is an error when nobody has that ref.
func (d *Directory) Remove(ref string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.by[ref]; !ok {
		return nobody(ref)
	}
	delete(d.by, ref)
	d.order = slices.DeleteFunc(d.order, func(r string) bool { return r == ref })
	return nil
}

// Find returns a person's account, and whether there is one.
func (d *Directory) Find(ref string) (Account, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	a, ok := d.by[ref]
	a.Person = a.Person.clone()
	return a, ok
}

// List returns everybody, in the order in which they came.
func (d *Directory) List() []Account {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]Account, 0, len(d.order))
	for _, ref := range d.order {
		a := d.by[ref]
		a.Person = a.Person.clone()
		out = append(out, a)
	}
	return out
}

// Change changes an account: names, address, groups, assignment. The ref stays
// what it was. It is an error when nobody has that ref.
func (d *Directory) Change(ref string, change func(*Account)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	a, ok := d.by[ref]
	if !ok {
		return nobody(ref)
	}
	a.Person = a.Person.clone()
	change(&a)
	a.Ref = ref
	a.Person = a.Person.clone()
	d.by[ref] = a
	return nil
}

// Assign lets the person use the app.
func (d *Directory) Assign(ref string) error {
	return d.Change(ref, func(a *Account) { a.Assigned = true })
}

// Unassign takes the app away from the person.
func (d *Directory) Unassign(ref string) error {
	return d.Change(ref, func(a *Account) { a.Assigned = false })
}

// Disable blocks the person's account.
func (d *Directory) Disable(ref string) error {
	return d.Change(ref, func(a *Account) { a.Disabled = true })
}

// Enable unblocks the person's account.
func (d *Directory) Enable(ref string) error {
	return d.Change(ref, func(a *Account) { a.Disabled = false })
}

// SetGroups puts the person into these groups and no others.
func (d *Directory) SetGroups(ref string, groups ...string) error {
	return d.Change(ref, func(a *Account) { a.Groups = groups })
}

// admits says who signs in under that ref, and why he may not. A person whom
// the directory does not know is not assigned.
func (d *Directory) admits(p Person) (Person, *Refusal) {
	a, ok := d.Find(p.Key())
	if !ok {
		a = Account{Person: p}
	}
	no := &Refusal{Who: a.Username}
	if no.Who == "" {
		no.Who = NameID(a.Person)
	}
	switch {
	case a.Disabled:
		no.Kind, no.Detail = Disabled, nameOf(a.Person)+"'s account is disabled"
		return a.Person, no
	case !a.Assigned:
		no.Kind, no.Detail = NotAssigned, nameOf(a.Person)+" is not assigned to the app"
		return a.Person, no
	}
	return a.Person, nil
}

func nobody(ref string) error { return fmt.Errorf("idp: there is nobody %q in the directory", ref) }

// clone shares nothing with the original.
func (p Person) clone() Person {
	p.Groups, p.Emails = slices.Clone(p.Groups), slices.Clone(p.Emails)
	attributes := maps.Clone(p.Attributes)
	for k, v := range attributes {
		attributes[k] = slices.Clone(v)
	}
	p.Attributes = attributes
	return p
}
