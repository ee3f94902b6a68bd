package expect

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
)

// RefusedAfterLogout judges the last step of the named trial: the browser that
// signed in and out posts its old response once more. The step after says
// whether the logout ended the session: where it did not, what is seen
// afterwards is the first login.
func RefusedAfterLogout(name, after string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		l, why := read(c, name)
		if why != "" {
			return samlcheck.Undecided("%s", why).At(l.refs()...)
		}
		out, ok := l.run.Step("logout")
		if !ok || len(out.Visits) == 0 {
			return samlcheck.NotApplicable("not applicable: the target file names no session.logout to sign out with").At(l.ref)
		}
		left, ok := l.run.Step(after)
		if !ok {
			return samlcheck.Undecided("step %q was not performed", after).At(l.ref)
		}
		if at := c.Model.Land(left); at.Where != transcript.Out || at.Weak != "" {
			return samlcheck.NotApplicable("not applicable: signing out did not end the session, so nothing could be seen of the response: %s", at.Because).At(l.ref)
		}
		return refusal(c, l, "the response, posted again after signing out,")
	}
}
