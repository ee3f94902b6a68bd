package actor

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

// Asker asks a person who can see the service provider's administration:
// members: {list: {ask: true}}. It may take as long as people take.
type Asker interface {
	// Listed asks how often each of the people stands in the members view, and
	// returns the numbers by ref.
	Listed(ctx context.Context, people []idp.Person) (map[string]int, error)
	// Do asks for something to be done there; false says that it cannot be.
	Do(ctx context.Context, what string) (bool, error)
}

// Asking is the directory of a target that has a person asked for the members
// view. What the target gives commands for is done by them, the rest is asked for.
// The views that it gives are marked as a person's word.
func Asking(m *target.Members, a Asker, people []idp.Person, base http.RoundTripper) Directory {
	people = slices.Clone(people)
	slices.SortFunc(people, func(a, b idp.Person) int {
		switch known := string(trial.Known); known { // he comes first
		case a.Ref:
			return -1
		case b.Ref:
			return 1
		}
		return strings.Compare(a.Ref, b.Ref)
	})
	return &asking{described: described{m, base}, ask: a, people: people}
}

type asking struct {
	described
	ask    Asker
	people []idp.Person
}

// List implements Directory. It knows of nobody but the run's own people.
func (d *asking) List(ctx context.Context) (addresses []string, total int, err error) {
	entries, err := d.ask.Listed(ctx, d.people)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range d.people {
		for range entries[p.Ref] {
			addresses = append(addresses, p.Address())
		}
	}
	return addresses, len(addresses), nil
}

// Invite implements Directory.
func (d *asking) Invite(ctx context.Context, p idp.Person) error {
	return d.either(ctx, d.described.Invite(ctx, p), "Invite "+p.Address()+" as an ordinary member.")
}

// Disable implements Directory.
func (d *asking) Disable(ctx context.Context, p idp.Person) error {
	return d.either(ctx, d.described.Disable(ctx, p), "Disable (deactivate) the account of "+p.Address()+".")
}

// Remove implements Directory.
func (d *asking) Remove(ctx context.Context, p idp.Person) error {
	return d.either(ctx, d.described.Remove(ctx, p), "Remove the account of "+p.Address()+".")
}

// either asks a person for what no command of the target does.
func (d *asking) either(ctx context.Context, err error, what string) error {
	if !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	done, err := d.ask.Do(ctx, what)
	if err == nil && !done {
		return errors.ErrUnsupported
	}
	return err
}

// patience is how long the directory may take: a person, as long as the run.
func (s *Stage) patience(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.hearsay() {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, commandTime)
}

// hearsay says that the members view is a person's word.
func (s *Stage) hearsay() bool {
	_, yes := s.Members.(*asking)
	return yes
}
