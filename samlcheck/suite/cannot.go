package suite

import (
	"slices"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// cannot says why a trial cannot be done to this service provider, so that
// nobody is signed in for nothing.
func (j *job) cannot(t trial.Trial) string {
	for _, s := range t.Steps {
		switch do := s.Do.(type) {
		case trial.Login:
			if do.From == trial.AsTarget && j.t.SP.Login == nil && slices.ContainsFunc(do.Forge, func(m forge.Mutation) bool { return m.Answers }) {
				return "not applicable: logins start at the identity provider here (no sp.login), so that a response answers no request"
			}
		case trial.Logout:
			if why := j.cannotLogOut(do); why != "" {
				return why
			}
		case trial.Disable:
			if m := j.t.Members; j.o.Members == nil && !j.asks() && (m == nil || m.Disable == nil || len(m.Disable.Command) == 0) {
				return "not applicable: the target file gives no way to deactivate an account (members.disable)"
			}
		}
	}
	return ""
}

func (j *job) cannotLogOut(do trial.Logout) string {
	switch {
	case do.From != trial.IdPInitiated && j.t.Session.Logout == nil:
		return "not applicable: the target file does not say where signing out begins (session.logout)"
	case do.From == trial.IdPInitiated && j.sp.Logout.URL == "":
		return "not applicable: the service provider's metadata offers no single logout by HTTP-Redirect or HTTP-POST"
	}
	return ""
}
