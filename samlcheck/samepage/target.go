package samepage

import (
	"context"
	"fmt"

	mock "example.com/samepage/samlcheck/idp"
)

// KnownMember is who the target file of a stand-in calls known.
const KnownMember = "alice@acme.example"

// TargetFile is the target file with which `samlcheck run -t` tests this
// workspace. State is the folder of the mock identity provider's keys; view
// says whether the members view is part of it.
func (r *Running) TargetFile(state string, view bool) string {
	login := r.LoginURL
	if len(r.Server.idpIDs()) > 1 {
		login += "?idp={{idp}}" // who knows several identity providers asks which
	}
	t := fmt.Sprintf(`name: Samepage stand-in
sp:
  metadata: %s
  login: %s
session:
  pages: [%s]
  logout: %s
people:
  known: {email: %s, attributes: {given_name: Alice, surname: Archer}}
  fresh: {domain: acme.example}
idp:
  state: %q
`, r.MetadataURL, login, r.HomeURL, r.URL+"/logout", KnownMember, state)
	if view {
		t += fmt.Sprintf(`members:
  list: {url: %s/admin/api/members, header: {Authorization: "Bearer %s"}}
`, r.URL, r.AdminToken)
	}
	return t
}

// Directory is the workspace's administrator, for runs in the same process. It
// sees what the members view shows, quirks included, and it can invite.
func (r *Running) Directory() *Directory { return &Directory{r.Server} }

// Directory implements actor.Directory.
type Directory struct{ s *Server }

// List returns the addresses of the members view.
func (d *Directory) List(context.Context) (addresses []string, total int, err error) {
	for _, m := range d.s.membersView() {
		addresses = append(addresses, m.Email)
	}
	return addresses, len(addresses), nil
}

// Invite invites a member.
func (d *Directory) Invite(_ context.Context, p mock.Person) error {
	return d.s.Invite(p.Email, RoleMember)
}

// Disable deactivates a member.
func (d *Directory) Disable(_ context.Context, p mock.Person) error { return d.s.Disable(p.Email) }

// Remove deletes a member.
func (d *Directory) Remove(_ context.Context, p mock.Person) error { return d.s.Remove(p.Email) }
