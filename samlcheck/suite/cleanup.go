package suite

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/trial"
)

// cleaningTime bounds the clean-up of one face. It has its own clock: a run
// that was interrupted cleans up all the same.
const cleaningTime = 2 * time.Minute

// broom is the clean-up after one face's run.
type broom struct {
	dir      actor.Directory
	known    string // the known member's address, who is never removed
	accounts []report.Account
	real     []string // their addresses as the service provider knows them
	wanted   []bool   // the removal was asked for, and the command did not fail
}

// clean says for everybody who may have an account because of this run what
// became of it, and removes it where the target says how. Nothing that fails
// here loses anything: it is said beside the address.
func (j *job) clean(ctx context.Context, f *face, red *bundle.Redactor) []report.Account {
	made := oracle.Learn(f.record).Made()
	if len(made) == 0 {
		return nil
	}
	b := broom{dir: f.stage.Members, known: f.stage.People[trial.Known].Email}
	for _, a := range made {
		b.accounts = append(b.accounts, report.Account{Email: a.Address, Ref: a.Ref, Why: a.Why, State: report.MayExist})
		b.real = append(b.real, red.Reveal(a.Address))
	}
	if b.dir == nil {
		b.all("there is no members view to look")
		return b.accounts
	}
	if j.asks() { // who has answered so much is not asked for more
		b.all("a person reads the members view: look there")
		return b.accounts
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleaningTime)
	defer cancel()
	b.look(ctx)
	if !j.o.KeepAccounts && b.remove(ctx, f.stage.People) {
		b.lookAgain(ctx)
	}
	for i := range b.accounts {
		b.accounts[i].Said = red.String(b.accounts[i].Said)
	}
	return b.accounts
}

func (b *broom) all(said string) {
	for i := range b.accounts {
		b.accounts[i].Said = said
	}
}

// look finds out which of them the members view lists.
func (b *broom) look(ctx context.Context) {
	listed, why := b.list(ctx)
	for i := range b.accounts {
		switch {
		case why != "":
			b.accounts[i].Said = why
		case listed(b.real[i]):
			b.accounts[i].State = report.Seen
		default:
			b.accounts[i].Said = "the members view does not list it"
		}
	}
}

// list reads the members view; why says what is wrong with it. A view that does
// not even list the known member proves nothing by what it lacks.
func (b *broom) list(ctx context.Context) (listed func(string) bool, why string) {
	addresses, _, err := b.dir.List(ctx)
	has := func(email string) bool {
		return slices.ContainsFunc(addresses, func(a string) bool { return strings.EqualFold(a, email) })
	}
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return nil, "there is no members view to look"
	case err != nil:
		return nil, "the members view could not be read: " + err.Error()
	case b.known != "" && !has(b.known) && !slices.ContainsFunc(b.real, has):
		return nil, "the members view does not list the known member either"
	}
	return has, ""
}

// remove asks for the removal of each, and says whether there is a way to. The
// known member is never removed, and a name that a forged message made up only
// where the view lists exactly that name: it begins like the known member's,
// and the user's command may be careless.
func (b *broom) remove(ctx context.Context, people map[trial.Person]idp.Person) bool {
	b.wanted = make([]bool, len(b.accounts))
	for i := range b.accounts {
		a := &b.accounts[i]
		if a.Ref == string(trial.Known) || strings.EqualFold(b.real[i], b.known) || a.Ref == "" && a.State != report.Seen {
			continue
		}
		who, ok := people[trial.Person(a.Ref)]
		if !ok {
			who = idp.Person{Email: b.real[i], NameID: b.real[i]}
		}
		err := b.dir.Remove(ctx, who)
		switch {
		case errors.Is(err, errors.ErrUnsupported):
			return false
		case err != nil && a.State != report.Seen:
			a.Said += "; and to remove it failed: " + err.Error()
		case err != nil:
			a.Said = "to remove it failed: " + err.Error()
		default:
			b.wanted[i] = true
		}
	}
	return true
}

// lookAgain verifies the removals.
func (b *broom) lookAgain(ctx context.Context) {
	listed, why := b.list(ctx)
	for i := range b.accounts {
		a := &b.accounts[i]
		seen := a.State == report.Seen
		switch {
		case !b.wanted[i] && why == "" && listed(b.real[i]) && strings.Contains(a.Said, "failed"):
			a.State = report.StillThere
		case !b.wanted[i]:
		case why != "":
			a.State, a.Said = report.Removed, "members.remove says so, not verified: "+why
		case listed(b.real[i]):
			a.State, a.Said = report.StillThere, "members.remove says that it is removed, and the members view lists it still"
		case seen:
			a.State, a.Said = report.Removed, "the members view listed it before and does not any more"
		default:
			a.State, a.Said = report.Removed, "members.remove says so; the members view never listed it"
		}
	}
}
