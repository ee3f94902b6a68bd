package expect

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// StaysHome judges logins whose RelayState names a place that nobody has, or a
// script: it holds when the browser was not sent there. Who landed does not
// matter: a refusal that goes there is as bad.
func StaysHome(names ...string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		var refs []transcript.Ref
		delivered := false
		for _, name := range names {
			l, why := read(c, name)
			if why != "" {
				return samlcheck.Undecided("%s", why).At(l.refs()...)
			}
			refs = append(refs, l.ref)
			if where := led(l.step); where != "" {
				return samlcheck.Violated("after the login the browser is sent where the RelayState says: %s", Excerpt(where)).At(l.ref)
			}
			delivered = delivered || slices.ContainsFunc(l.step.Login, func(h transcript.Hop) bool {
				return !h.AtIdP && h.Status != 0 && slices.Contains(h.Posted, "RelayState")
			})
		}
		if !delivered {
			return samlcheck.Undecided("the service provider never answered").At(refs...)
		}
		return samlcheck.Holds("the browser is not sent where the RelayState says").At(refs...)
	}
}

// led is the place to which the service provider sent the browser because of
// the RelayState; "" when it did not.
func led(s transcript.Step) string {
	for _, h := range s.Login {
		if h.AtIdP {
			continue
		}
		for _, to := range append([]string{h.URL, h.Location}, h.Links...) {
			to = strings.TrimSpace(to)
			if host, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(to, "https:"), "http:"), "//"); ok &&
				strings.HasPrefix(host, trial.Elsewhere) {
				return to
			}
			if strings.HasPrefix(to, "javascript:") && strings.Contains(to, "samlcheck") {
				return to
			}
		}
	}
	return ""
}

// RefusedInOtherBrowser judges the last step of the named trial: a browser that
// asked for nothing posts the answer to the request of the browser in the first.
func RefusedInOtherBrowser(name, first string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		l, why := read(c, name)
		if why != "" {
			return samlcheck.Undecided("%s", why).At(l.refs()...)
		}
		asked, ok := l.run.Step(first)
		switch {
		case !ok || asked.Sent == nil:
			return samlcheck.Undecided("step %q made no response", first).At(l.ref)
		case asked.Request == nil:
			return samlcheck.NotApplicable("not applicable: no login of this run begins at the service provider, so no response answers a request").At(l.ref)
		}
		return refusal(c, l, "the answer to another browser's request")
	}
}
