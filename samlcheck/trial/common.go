package trial

import (
	"fmt"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// The logins that nearly every check stands on. Their names make them distinct
// performances of what may be the same action.

// Clean is the known member's good login.
func Clean() Trial { return known(1) }

// CleanAgain is the same once more: what differs between the two is noise.
func CleanAgain() Trial { return known(2) }

// CleanLast closes an experiment: it must land as the first did, or the
// service changed under us.
func CleanLast() Trial { return known(3) }

func known(n int) Trial {
	return Trial{
		Name: fmt.Sprintf("known-%d", n), Part: KnownIn, Role: Control, Want: transcript.In,
		Steps: []Step{{Name: "login", Do: Login{As: Known}}},
	}
}

// Stranger looks at the common pages and never signs in. Whatever the SP does,
// it cannot be in.
func Stranger() Trial {
	return Trial{
		Name: "stranger-1", Part: StrangerOut, Role: Control, Want: transcript.Out,
		Steps: []Step{{Name: "look", Do: Look{}}},
	}
}

// StrangerLast looks at every page that any login has reached.
func StrangerLast() Trial {
	return Trial{
		Name: "stranger-2", Part: StrangerOut, Role: Control, Want: transcript.Out,
		Steps: []Step{{Name: "look", Do: Look{Everywhere: true}}},
	}
}

// Denied is a login that the IdP refused with an error status and no
// assertion. It went through the SP's ACS and cannot be in either.
func Denied() Trial {
	return Trial{
		Name: "denied", Part: DeniedOut, Role: Control, Want: transcript.Out,
		Steps: []Step{{Name: "login", Do: Login{As: Known, Deny: true}}},
	}
}

// Against pairs the controls with one spoilt login of the known member.
func Against(m ...forge.Mutation) []Trial {
	return With(Trial{
		Name:  "spoilt",
		Part:  Question,
		Steps: []Step{{Name: "login", Do: Login{As: Known, Forge: m}}},
	})
}

// With puts the controls that a question needs in front of it.
func With(questions ...Trial) []Trial {
	return append([]Trial{Clean(), Stranger(), Denied(), CleanAgain()}, questions...)
}
