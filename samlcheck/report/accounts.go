package report

import (
	"fmt"
)

// What is known of an account that a run may have made.
const (
	MayExist   = "may exist"   // nobody has seen it, or nobody can look
	Seen       = "seen"        // the members view lists it, and nobody was told to remove it
	Removed    = "removed"     // the target's members.remove was asked for it; Said says how that is known
	StillThere = "still there" // it was to be removed, and is listed still
)

// An Account is somebody who may have an account because of this run, and what
// became of it at the end.
type Account struct {
	Email string `json:"email"`
	Ref   string `json:"ref,omitempty"`  // the person's; "" for a name that a forged message made up
	Why   string `json:"why"`            // what the run did
	State string `json:"state"`          // MayExist, Seen, Removed, StillThere
	Said  string `json:"said,omitempty"` // how that is known, or why it is not
}

// sorted groups the accounts for a reader: what he must do, and what is done.
func sortedOut(as []Account) (left, removed []Account) {
	for _, a := range as {
		if a.State == Removed {
			removed = append(removed, a)
		} else {
			left = append(left, a)
		}
	}
	return left, removed
}

// left are the addresses, of all faces, that may have an account and were not
// removed; gone are those that were.
func (r *Report) left() (left, gone []string) {
	for _, f := range r.Faces {
		if len(f.Accounts) == 0 && f.JIT != nil {
			left = append(left, f.JIT.Accounts...) // cut short before anybody looked
		}
		todo, done := sortedOut(f.Accounts)
		for _, a := range todo {
			left = append(left, a.Email)
		}
		for _, a := range done {
			gone = append(gone, a.Email)
		}
	}
	return left, gone
}

// cleanUp says in two lines what is left to remove, and what is gone.
func (t *text) cleanUp() {
	left, gone := t.r.left()
	if len(left)+len(gone) > 0 {
		t.b.WriteByte('\n')
	}
	where, most := "", mostNames
	if t.o.Bundle != "" {
		where = " (accounts.json)"
	}
	if t.o.Verbose {
		most = len(left) + len(gone)
	}
	if len(left) > 0 {
		t.line("Look for", fmt.Sprintf("%s %s. This run may have made accounts of them, and only you can delete them.",
			counted(len(left), "address", "addresses")+":", listed(left, most, where)))
	}
	if len(gone) > 0 {
		t.line("Removed", fmt.Sprintf("%s that this run had made: %s.", counted(len(gone), "account", "accounts"), listed(gone, most, where)))
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (m ticket) accounts() {
	left, gone := m.r.left()
	if len(left) > 0 {
		fmt.Fprintf(m.b, "**Accounts that may exist now and should be deleted:** %s%s\n\n", code(left[:min(len(left), mostNames)]), m.more(left))
	}
	if len(gone) > 0 {
		fmt.Fprintf(m.b, "**Removed at the end of the run:** %s\n\n", counted(len(gone), "account", "accounts"))
	}
}

func (m ticket) more(names []string) string {
	if len(names) <= mostNames {
		return ""
	}
	return fmt.Sprintf(" and %d more (accounts.json)", len(names)-mostNames)
}
