package expect

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Longer names the control of SameAsLonger: the login of a person whose name
// begins with the known member's, without any trick.
const Longer = "longer"

// SameAsLonger judges a login for a person whose name begins with the known
// member's, with a comment behind that beginning. It is compared with the same
// login without the comment: the comment must make no difference.
func SameAsLonger(c *samlcheck.Case) samlcheck.Verdict {
	l, why := spoilt(c, "spoilt")
	if why != "" {
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	}
	plain, why := spoilt(c, Longer)
	if why == "" && l.Where == transcript.In {
		if v, told := byName(c, l, plain); told {
			return v
		}
	}
	switch {
	case l.Weak != "":
		return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
	case l.Where == transcript.Out:
		return samlcheck.Holds("the name with a comment was refused%s: %s", l.broke(), l.Because).At(l.ref)
	case why != "":
		return samlcheck.Undecided("it landed %q, and there is nothing to compare with: %s", l.Where, why).At(l.ref)
	case plain.Weak != "":
		return samlcheck.Undecided("the same name without a comment: %s", plain.leaning()).At(l.ref, plain.ref)
	case l.Where == transcript.In && plain.Where == transcript.Out:
		return samlcheck.Violated("the name was cut at the comment: the longer name is refused, with the comment it is let in, %s: %s",
			l.whom(), l.Because).At(l.ref, plain.ref)
	case l.Where == plain.Where && l.Where != transcript.In:
		return samlcheck.Holds("the comment makes no difference (%s): %s", l.Where, l.Because).At(l.ref, plain.ref)
	case l.Where == plain.Where:
		return samlcheck.Undecided("accepted with the comment and without it, as whom could not be seen").At(l.ref, plain.ref)
	}
	return samlcheck.Undecided("with a comment in the name it landed %q, without %q: %s", l.Where, plain.Where, l.Because).At(l.ref, plain.ref)
}

// byName answers where the pages name people. The longer name is never taken
// for the known member's, nor for the signer's: it holds neither as a word.
func byName(c *samlcheck.Case, l, plain login) (v samlcheck.Verdict, told bool) {
	known := string(trial.Known)
	switch {
	case l.As == known && l.Weak == "" && plain.As != known:
		return samlcheck.Violated("the name was cut at the comment: the known member is signed in, though a longer name was signed for: %s",
			l.Because).At(l.ref, plain.ref), true
	case plain.Where != transcript.In || l.As != plain.As || l.As == known:
		return v, false
	case l.As != "":
		return samlcheck.Holds("the comment makes no difference: both land %s", l.whom()).At(l.ref, plain.ref), true
	}
	if good, why := read(c, trial.Clean().Name); why == "" && good.As == known {
		return samlcheck.Holds("the comment makes no difference: the known member's pages name him, and these do not").
			At(l.ref, plain.ref, good.ref), true
	}
	return v, false
}
