package samepage

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Habit is one way of keeping accounts that costs its administrator work, lets
// somebody have more than was meant, or keeps somebody out. A good SP has none:
// an account belongs to the identity provider's NameID, and before that is known
// to the address, whatever its letter case; names and addresses follow the
// identity provider, roles do not; every valid name and address is received.
type Habit string

// The habits, in the order of Habits.
const (
	HabitCaseSensitive    Habit = "case-sensitive"     // another letter case is another address
	HabitByNameID         Habit = "by-name-id"         // another NameID is another person, whatever his address
	HabitByAddress        Habit = "by-address"         // another address is another person, whatever his NameID
	HabitEachLogin        Habit = "each-login-anew"    // every login makes an account
	HabitKeepsNames       Habit = "keeps-names"        // names stay what they were at first
	HabitSecondForInvited Habit = "second-for-invited" // an invitation is not found, and a second account is made
	HabitUnlinked         Habit = "unlinked"           // who had an account before single sign-on is refused: it exists already
	HabitInvitationBlocks Habit = "invitation-blocks"  // who was invited is refused, until he has accepted by a password
	HabitReactivates      Habit = "reactivates"        // a login brings a deactivated account back to life
	HabitTombstones       Habit = "tombstones"         // who was removed can never come back
	HabitRoles            Habit = "roles-by-attribute" // whoever is said to be an admin is one, until it is not said any more
	HabitRolesStick       Habit = "roles-stick"        // the same, and a role is never taken away
	HabitOverageDrops     Habit = "overage-drops"      // the same, and too many groups are none
	HabitStrictRoles      Habit = "strict-roles"       // a role that is not known keeps its bearer out
	HabitTwoAtOnce        Habit = "two-at-once"        // two first logins at once make two accounts
	HabitSeatLimit        Habit = "seat-limit"         // there are seats for two newcomers
	HabitVerifiedDomains  Habit = "verified-domains"   // newcomers come from the domain of those who were invited
	HabitNeedsEmail       Habit = "needs-email"        // an address in the NameID is not enough
	HabitNeedsNames       Habit = "needs-names"        // newcomers need a name
	HabitOneEmail         Habit = "one-email"          // several addresses, or an empty one, keep their bearer out
	HabitNoPlus           Habit = "no-plus"            // + is no part of an address
	HabitNoApostrophe     Habit = "no-apostrophe"      // ' is no part of an address
	HabitNoGuests         Habit = "no-guests"          // # is no part of a NameID
	HabitASCII            Habit = "ascii-names"        // names have no letters beyond a to z
	HabitShort            Habit = "short-addresses"    // the local part has 50 characters at most
)

// Habits lists every habit.
func Habits() []Habit {
	return []Habit{
		HabitCaseSensitive, HabitByNameID, HabitByAddress, HabitEachLogin, HabitKeepsNames, HabitSecondForInvited,
		HabitUnlinked, HabitInvitationBlocks, HabitReactivates, HabitTombstones, HabitRoles, HabitRolesStick, HabitOverageDrops, HabitStrictRoles,
		HabitTwoAtOnce, HabitSeatLimit, HabitVerifiedDomains, HabitNeedsEmail, HabitNeedsNames, HabitOneEmail,
		HabitNoPlus, HabitNoApostrophe, HabitNoGuests, HabitASCII, HabitShort,
	}
}

func (s *Server) habitual(h Habit) bool { return slices.Contains(s.opt.Habits, h) }

const (
	seats      = 2  // for newcomers, with HabitSeatLimit
	shortLocal = 50 // with HabitShort
)

// receives says whether a newcomer is anybody whom this SP receives.
func (s *Server) receives(p person) bool {
	name, domain, _ := strings.Cut(p.email, "@")
	switch {
	case s.habitual(HabitNeedsEmail) && p.fromNameID,
		s.habitual(HabitNeedsNames) && p.name == "",
		s.habitual(HabitNoPlus) && strings.Contains(p.email, "+"),
		s.habitual(HabitNoApostrophe) && strings.Contains(p.email, "'"),
		s.habitual(HabitNoGuests) && strings.Contains(p.nameID, "#"),
		s.habitual(HabitASCII) && strings.ContainsFunc(p.name, func(r rune) bool { return r > unicode.MaxASCII }),
		s.habitual(HabitShort) && len(name) > shortLocal,
		s.habitual(HabitTombstones) && s.removed[fold(p.email)]:
		return false
	}
	newcomers, home := s.neighbours(domain)
	return (!s.habitual(HabitSeatLimit) || newcomers < seats) && (!s.habitual(HabitVerifiedDomains) || home)
}

// neighbours counts the newcomers that there are, and says whether anybody else
// is of that domain.
func (s *Server) neighbours(domain string) (newcomers int, home bool) {
	for _, m := range s.members {
		if m.newcomer {
			newcomers++
		} else if strings.HasSuffix(fold(m.Email), "@"+fold(domain)) {
			home = true
		}
	}
	return newcomers, home
}

// blocks says whether an account that nobody has come to by single sign-on stands
// in the way of who would.
func (s *Server) blocks(m *Member) bool {
	return s.habitual(HabitUnlinked) && m.Status == Active && m.LastLogin.IsZero() ||
		s.habitual(HabitInvitationBlocks) && m.Status == Invited
}

// listens says whether this SP takes what is asserted of a person at all.
func (s *Server) listens(p person) bool {
	role := p.attrs["role"]
	return (!s.habitual(HabitOneEmail) || !p.severalEmails) &&
		(!s.habitual(HabitStrictRoles) || role == "" || role == string(RoleAdmin))
}

// follow takes over what the identity provider says of a member.
func (s *Server) follow(m *Member, p person) {
	if p.name != "" && (m.Name == "" || !s.habitual(HabitKeepsNames)) {
		m.Name = p.name
	}
	if m.owner == "" {
		m.owner = p.owner()
	}
	if to := fold(p.email); !p.fromNameID && to != fold(m.Email) && s.members[to] == nil {
		for key, other := range s.members {
			if other == m {
				delete(s.members, key)
			}
		}
		m.Email = p.email
		s.members[to] = m
	}
	s.promote(m, p)
}

// promote gives and takes roles by attribute, where that is a habit.
func (s *Server) promote(m *Member, p person) {
	stick, drops := s.habitual(HabitRolesStick), s.habitual(HabitOverageDrops)
	if !stick && !drops && !s.habitual(HabitRoles) {
		return
	}
	said := p.attrs["role"] == "admin" || p.attrs["groups"] == "admin" || p.attrs[msClaims+"ws/2008/06/identity/claims/groups"] == "admin"
	tooMany := p.attrs[msClaims+"claims/groups.link"] != "" && !drops
	switch {
	case said:
		m.Role = RoleAdmin
	case !stick && !tooMany:
		m.Role = RoleMember
	}
}

// owner is whose account it is: the identity provider and its NameID; "" for a
// NameID that changes each time.
func (p person) owner() string {
	if p.subject.nameID == "" || strings.HasSuffix(p.subject.format, ":transient") {
		return ""
	}
	return p.subject.idp + " " + p.subject.nameID
}

// find is the account of a person. The caller holds the lock.
func (s *Server) find(p person) *Member {
	if s.habitual(HabitEachLogin) && s.opt.JIT == Create {
		return nil
	}
	var byAddress *Member
	for _, m := range s.members {
		switch {
		case m.owner != "" && m.owner == p.owner() && !s.habitual(HabitByAddress):
			return m
		case fold(m.Email) != fold(p.email),
			s.habitual(HabitCaseSensitive) && m.Email != p.email,
			s.habitual(HabitByNameID) && m.owner != "",
			s.habitual(HabitSecondForInvited) && m.Status == Invited:
		default:
			byAddress = m
		}
	}
	return byAddress
}

// keep puts a new account among the others, beside one of the same address if
// there is any. The caller holds the lock.
func (s *Server) keep(m *Member) {
	key := fold(m.Email)
	for s.members[key] != nil {
		key += "+"
	}
	s.members[key] = m
}

// patience is how long HabitTwoAtOnce gives a second login to arrive.
const patience = 300 * time.Millisecond

// dawdle leaves time between looking for an account and making one, which is
// HabitTwoAtOnce: until a second login of the person has looked, too. The caller
// holds the lock, and has it again afterwards.
func (s *Server) dawdle(p person) {
	if !s.habitual(HabitTwoAtOnce) {
		return
	}
	key := fold(p.email)
	if other, ok := s.dawdling[key]; ok {
		delete(s.dawdling, key)
		close(other)
		return
	}
	met := make(chan struct{})
	s.dawdling[key] = met
	s.mu.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-met:
	case <-timer.C:
	}
	s.mu.Lock()
	if s.dawdling[key] == met {
		delete(s.dawdling, key)
	}
}
