package idp

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// account is a person as the control API writes and reads him.
type account struct {
	Ref         string              `json:"ref"`
	NameID      string              `json:"name_id"`
	Email       string              `json:"email"`
	Username    string              `json:"username"`
	GivenName   string              `json:"given_name"`
	Surname     string              `json:"surname"`
	DisplayName string              `json:"display_name"`
	Groups      []string            `json:"groups"`
	Attributes  map[string][]string `json:"attributes"`
	Assigned    bool                `json:"assigned"`
	Disabled    bool                `json:"disabled"`
}

// accountOf shares nothing with the account: a body that turns out to be bad
// half-way changes nothing.
func accountOf(a Account) account {
	a.Person = a.Person.clone()
	return account{
		a.Ref, a.NameID, a.Email, a.Username, a.GivenName, a.Surname, a.DisplayName,
		append([]string{}, a.Groups...), a.Attributes, a.Assigned, a.Disabled,
	}
}

// onto writes what was read over the account; the ref is not his to change.
func (a account) onto(to *Account) {
	to.NameID, to.Email, to.Username = a.NameID, a.Email, a.Username
	to.GivenName, to.Surname, to.DisplayName = a.GivenName, a.Surname, a.DisplayName
	to.Groups, to.Attributes, to.Assigned, to.Disabled = a.Groups, a.Attributes, a.Assigned, a.Disabled
}

func (d *desk) controlPeople(*http.Request) (int, any, error) {
	out := []account{}
	for _, a := range d.people.List() {
		out = append(out, accountOf(a))
	}
	return http.StatusOK, map[string]any{"people": out}, nil
}

func (d *desk) controlPerson(r *http.Request) (int, any, error) {
	a, ok := d.people.Find(r.PathValue("ref"))
	if !ok {
		return http.StatusNotFound, nil, nobody(r.PathValue("ref"))
	}
	return http.StatusOK, accountOf(a), nil
}

func (d *desk) controlAdd(r *http.Request) (int, any, error) {
	in := account{Assigned: true}
	if err := hear(r.Body, &in); err != nil {
		return http.StatusBadRequest, nil, err
	}
	a := Account{Person: Person{Ref: in.Ref}}
	in.onto(&a)
	if a.Ref == "" {
		a.Ref = NameID(a.Person)
	}
	if a.Ref == "" {
		return http.StatusBadRequest, nil, errors.New("a person needs a ref, a name_id, an email or a username")
	}
	if err := d.people.add(a); err != nil {
		return http.StatusConflict, nil, err
	}
	return http.StatusCreated, accountOf(a), nil
}

// controlChange writes the given fields over the account and leaves the others.
// Two callers who change different fields at once lose nothing.
func (d *desk) controlChange(r *http.Request) (int, any, error) {
	ref := r.PathValue("ref")
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return http.StatusBadRequest, nil, fmt.Errorf("the body cannot be read: %w", err)
	}
	var bad error
	err = d.people.Change(ref, func(a *Account) {
		in := accountOf(*a)
		if bad = hear(bytes.NewReader(raw), &in); bad == nil && in.Ref != ref {
			bad = errors.New("a ref does not change: add another person")
		}
		if bad == nil {
			in.onto(a)
		}
	})
	switch {
	case err != nil:
		return http.StatusNotFound, nil, err
	case bad != nil:
		return http.StatusBadRequest, nil, bad
	}
	return d.controlPerson(r)
}

func (d *desk) controlRemove(r *http.Request) (int, any, error) {
	if err := d.people.Remove(r.PathValue("ref")); err != nil {
		return http.StatusNotFound, nil, err
	}
	return http.StatusNoContent, nil, nil
}

// controlLogout ends a person's sessions and gives out the LogoutRequests, for
// the caller's browser to carry.
func (d *desk) controlLogout(r *http.Request) (int, any, error) {
	p, ok := d.idp.profile.(LogoutProfile)
	if !ok || p.SLO() == "" {
		return http.StatusConflict, nil, errors.New("single logout is not enabled for the app")
	}
	if _, ok := d.people.Find(r.PathValue("ref")); !ok {
		return http.StatusNotFound, nil, nobody(r.PathValue("ref"))
	}
	type request struct {
		EntityID string `json:"entity_id"`
		URL      string `json:"url"`
	}
	out := []request{}
	for _, at := range d.inside.leave(r.PathValue("ref")) {
		told, err := d.tell(p, at)
		if err != nil {
			return http.StatusInternalServerError, nil, err
		}
		out = append(out, request(told))
	}
	return http.StatusOK, map[string]any{"requests": out}, nil
}

// controlDecide is for callers who would rather not write JSON.
func (d *desk) controlDecide(r *http.Request) (int, any, error) {
	decide, ok := map[string]func(string) error{
		"assign": d.people.Assign, "unassign": d.people.Unassign, "disable": d.people.Disable, "enable": d.people.Enable,
	}[r.PathValue("action")]
	if !ok {
		return http.StatusNotFound, nil, fmt.Errorf("there is no action %q: choose assign, unassign, disable or enable", r.PathValue("action"))
	}
	if err := decide(r.PathValue("ref")); err != nil {
		return http.StatusNotFound, nil, err
	}
	return d.controlPerson(r)
}
