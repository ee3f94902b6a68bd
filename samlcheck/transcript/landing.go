package transcript

// Landing is where a login came to rest, as the oracle reads it.
type Landing string

// Landings.
const (
	In         Landing = "in"         // signed in like the known member
	Out        Landing = "out"        // nobody is signed in
	Form       Landing = "form"       // asked to fill in something before going on
	Session    Landing = "session"    // a session exists, but the person is not admitted
	Accepted   Landing = "accepted"   // remembered, on pages of his own, with no sign of refusal
	Mixed      Landing = "mixed"      // the pages contradict one another
	Unreadable Landing = "unreadable" // no answer, or one that says nothing (429, 502, 503, 504)
)
