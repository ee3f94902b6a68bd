package samepage

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Role is what a member may do.
type Role string

// The roles that Samepage knows.
const (
	RoleAdmin       Role = "admin"
	RoleUserManager Role = "user-manager"
	RoleMember      Role = "member"
)

// Kind tells members from guests, who see only the teams they are asked to.
type Kind string

// The kinds.
const (
	KindMember Kind = "member"
	KindGuest  Kind = "guest"
)

// Status says how far an account has come.
type Status string

// The statuses.
const (
	Invited  Status = "invited"  // by an admin, and not yet here
	Active   Status = "active"   // has signed in
	Inactive Status = "inactive" // made by a login, and waits for an admin
	Disabled Status = "disabled" // deactivated by an admin
)

// Member is one account.
type Member struct {
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Role      Role      `json:"role"`
	Kind      Kind      `json:"kind"`
	Status    Status    `json:"status"`
	Created   time.Time `json:"created"`
	LastLogin time.Time `json:"lastLogin,omitzero"`

	newcomer bool   // made by a login, not by an invitation
	owner    string // identity provider and NameID that it belongs to; "" until its first login
}

var (
	errNoMember = errors.New("samepage: no such member")
	errInvalid  = errors.New("samepage: invalid")
)

// Invite makes an account for a member who will sign in later. To invite
// somebody again is no error and changes nothing but the role; a disabled
// account stays disabled.
func (s *Server) Invite(email string, role Role) error {
	_, err := s.invite(Member{Email: email, Role: role, Kind: KindMember})
	return err
}

// InviteKnown makes KnownMember a member: invited, or, with a habit that looks at
// it, one who has used a password until now.
func (s *Server) InviteKnown() error {
	err := s.Invite(KnownMember, RoleMember)
	if err == nil && (s.habitual(HabitUnlinked) || s.habitual(HabitInvitationBlocks)) {
		err = s.Enable(KnownMember)
	}
	return err
}

func (s *Server) invite(m Member) (bool, error) {
	m.Email = strings.TrimSpace(m.Email)
	if !isAddress(m.Email) {
		return false, fmt.Errorf("%w: %q is no e-mail address", errInvalid, m.Email)
	}
	m.Role, m.Kind = cmp.Or(m.Role, RoleMember), cmp.Or(m.Kind, KindMember)
	if !slices.Contains([]Role{RoleAdmin, RoleUserManager, RoleMember}, m.Role) {
		return false, fmt.Errorf("%w: role %q (known: admin, user-manager, member)", errInvalid, m.Role)
	}
	if m.Kind != KindMember && m.Kind != KindGuest {
		return false, fmt.Errorf("%w: kind %q (known: member, guest)", errInvalid, m.Kind)
	}
	if s.opt.JIT == SessionOnly {
		return true, nil // a service without accounts keeps none
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.members[fold(m.Email)]; old != nil {
		old.Role = m.Role
		return false, nil
	}
	m.Status, m.Created = Invited, s.opt.Now().UTC().Truncate(time.Second)
	s.members[fold(m.Email)] = &m
	return true, nil
}

// Disable deactivates an account and ends its sessions.
func (s *Server) Disable(email string) error {
	return s.change(email, func(m *Member) { m.Status = Disabled })
}

// Enable gives a deactivated or waiting account back to its owner.
func (s *Server) Enable(email string) error {
	return s.change(email, func(m *Member) { m.Status = Active })
}

// Remove deletes an account and ends its sessions.
func (s *Server) Remove(email string) error {
	return s.change(email, func(m *Member) {
		delete(s.members, fold(m.Email))
		s.removed[fold(m.Email)] = true
	})
}

func (s *Server) change(email string, how func(*Member)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.members[fold(email)]
	if m == nil {
		return fmt.Errorf("%w: %q", errNoMember, email)
	}
	how(m)
	if s.defective(DefectKeepsDisabled) {
		return nil
	}
	for id, old := range s.sessions {
		if fold(old.who.email) == fold(m.Email) && (m.Status == Disabled || s.members[fold(email)] == nil) {
			delete(s.sessions, id)
		}
	}
	return nil
}

// Members lists the accounts as they are, by e-mail.
func (s *Server) Members() []Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list()
}

func (s *Server) list() []Member {
	all := make([]Member, 0, len(s.members))
	for _, m := range s.members {
		all = append(all, *m)
	}
	slices.SortFunc(all, func(a, b Member) int { return cmp.Compare(a.Email, b.Email) })
	return all
}

// membersView lists the accounts as the admin pages and the API show them,
// which under some quirks is not as they are.
func (s *Server) membersView() []Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.quirky(QuirkBlindView):
		return []Member{}
	case s.quirky(QuirkStaleView) && s.frozen != nil:
		return s.frozen
	}
	return s.list()
}

// fold makes addresses comparable.
func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func isAddress(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(text, " \t\r\n<>") && !strings.Contains(domain, "@")
}
