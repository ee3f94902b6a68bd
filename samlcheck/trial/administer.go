package trial

// What the service provider's administrator does, by the target's own commands
// (members.disable, members.remove). A directory without a way to do it leaves
// the step without a person, as an invitation does; a way that fails is the
// step's fault, and the check is undecided with the cause.
//
// Both are for people of the run. The known member is what every other question
// stands on: whoever disables him has no controls left.
type (
	// Disable asks the administrator to disable a person's account.
	Disable struct{ Who Person }
	// Remove asks the administrator to remove a person's account.
	Remove struct{ Who Person }
)

func (Disable) action() {}
func (Remove) action()  {}

func (a Disable) String() string { return "disable the account of " + string(a.Who) }
func (a Remove) String() string  { return "remove the account of " + string(a.Who) }
