package oracle

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// An Account is somebody who may have an account because of a run.
type Account struct {
	Address string // as the record spells it
	Ref     string // of the person; "" for a name that a forged message made up
	Why     string // what the run did, with the run's id
}

// Made lists everybody who may have an account because of this run: who was
// invited, who signed in whatever became of it, and every name that a message
// vouched for. They are in the order of the people, whatever the redaction
// calls them, then of the runs that made names up. The known member is among
// them only if the members view lists him now, did not before, and the run did
// not invite him: then a login made his account, a control's for example.
func (m *Model) Made() []Account {
	var out []Account
	add := func(address, ref, why string, run transcript.Run) {
		if address != "" && !slices.ContainsFunc(out, func(a Account) bool { return a.Address == address }) {
			out = append(out, Account{address, ref, fmt.Sprintf("%s (%s)", why, run.ID)})
		}
	}
	for _, run := range m.record.Runs {
		for _, s := range run.Steps {
			if p, ok := m.record.Person(s.Person); ok && p.Ref != refKnown && invited(s) {
				add(addressOf(p), p.Ref, "was invited", run)
			}
			if !delivered(s) {
				continue
			}
			for _, p := range m.vouchedFor(s) {
				add(addressOf(p), p.Ref, "a response for this address was posted", run)
			}
			for _, name := range m.invented(s.Sent.XML) {
				add(name, "", "a forged response named this address", run)
			}
		}
	}
	if p, run := m.madeKnown(); p != nil {
		add(addressOf(*p), p.Ref, "the known member was not listed before the logins, is now, and was not invited by the run", run)
	}
	slices.SortStableFunc(out, func(a, b Account) int {
		if (a.Ref == "") != (b.Ref == "") {
			return cmp.Compare(b.Ref, a.Ref) // people first
		}
		return cmp.Or(cmp.Compare(a.Ref, b.Ref), cmp.Compare(a.Why, b.Why), cmp.Compare(a.Address, b.Address))
	})
	return out
}

// vouchedFor lists the people, but for the known member, whom a response is about
// or names.
func (m *Model) vouchedFor(s transcript.Step) []transcript.Person {
	return slices.DeleteFunc(slices.Clone(m.record.People), func(p transcript.Person) bool {
		return p.Ref == refKnown || p.Ref != s.Person && (p.Email == "" || !strings.Contains(s.Sent.XML, p.Email))
	})
}

// madeKnown is the known member, if a login of this run made his account.
func (m *Model) madeKnown() (*transcript.Person, transcript.Run) {
	first, ok1 := m.view(TrialMembers1)
	last, ok2 := m.view(TrialMembers2)
	p, known := m.record.Person(refKnown)
	switch {
	case !ok1 || !ok2 || !known || first.Error != "" || last.Error != "":
	case first.Entries[refKnown] > 0 || last.Entries[refKnown] == 0:
	case m.runs[TrialInvite].Last().Person != "":
	default:
		return &p, m.runs[TrialMembers2]
	}
	return nil, transcript.Run{}
}

// invited recognises an invitation by its words, which package trial gives it.
func invited(s transcript.Step) bool { return len(s.Login) == 0 && strings.HasPrefix(s.Do, "invite ") }

func addressOf(p transcript.Person) string { return cmp.Or(p.Email, p.NameID) }

// accounts are the addresses of Made, without the known member.
func (m *Model) accounts() []string {
	out := []string{}
	for _, a := range m.Made() {
		if a.Ref != refKnown {
			out = append(out, a.Address)
		}
	}
	return out
}

// invitees are the addresses that the run had invited and that are not the
// known member's: to be removed as well.
func (m *Model) invitees() []string {
	out := []string{}
	for _, run := range m.record.Runs {
		p, ok := m.record.Person(run.Last().Person)
		if run.Trial == TrialInviteLate && ok && p.Email != "" && !slices.Contains(out, p.Email) {
			out = append(out, p.Email)
		}
	}
	return out
}

var (
	nameID  = regexp.MustCompile(`<(?:[\w.-]+:)?NameID\b[^>]*>([^<]*)<`)
	comment = regexp.MustCompile(`<!--.*?-->`)
)

// invented lists the addresses that a message vouches for and that are nobody's
// in this run: forged names that begin with somebody's. A service provider that
// provisions may have made accounts for them.
func (m *Model) invented(xml string) []string {
	var out []string
	for _, found := range nameID.FindAllStringSubmatch(comment.ReplaceAllString(xml, ""), -1) {
		name := found[1]
		whose := func(p transcript.Person) bool { return p.NameID == name || p.Email == name || p.Username == name }
		if strings.Contains(name, "@") && !slices.ContainsFunc(m.record.People, whose) {
			out = append(out, name)
		}
	}
	return out
}
