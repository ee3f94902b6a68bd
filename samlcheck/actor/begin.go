package actor

import (
	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

// Begin is where a person's login starts, as the target says: for who drives
// logins otherwise than step by step (package storm).
func (s *Stage) Begin(who idp.Person) browser.Request {
	return s.start(trial.AsTarget, s.IdP.Launch(), who)
}
