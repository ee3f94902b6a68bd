package offboarding

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var passwordOffered = samlcheck.Check{
	ID:    "offboarding/password-offered",
	Title: "The sign-in page offers no password beside single sign-on.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("back-door")},
	Remedy: "Somebody who has a password there, too, may come in past the identity provider. Enforce SSO at the service, " +
		"and see with a test account whether its old password still works: samlcheck never tries one.",
	Trials: controls(doors()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		return found(c, "the pages that a stranger is shown ask for no password", "a password is asked for", func(_ transcript.Visit, f transcript.PageForm) bool {
			for _, field := range f.Fields {
				if strings.HasSuffix(field, ":password") {
					return true
				}
			}
			return false
		})
	},
	Proof: samlcheck.Proof{Holds: "stand-in:sso-only", Violated: "stand-in"},
}

var resetOffered = samlcheck.Check{
	ID:    "offboarding/reset-offered",
	Title: "No page that resets a password is linked from the sign-in page.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("back-door")},
	Remedy: "A leaver who still reads his mail may set a password for himself. Enforce SSO at the service, and ask the vendor " +
		"whether addresses of single sign-on are sent such mail. The page was looked at and nothing was submitted.",
	Trials: controls(doors()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		return found(c, "no page was found, by the links that a stranger is shown, where a password can be reset", "a password can be reset",
			func(v transcript.Visit, f transcript.PageForm) bool {
				return strings.HasPrefix(v.Name, "reset:") && v.Rest().Status < 400 && len(f.Fields) > 0
			})
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:reset-page"},
}

// found looks through the forms of the service provider's own pages.
func found(c *samlcheck.Case, holds, violated string, want func(transcript.Visit, transcript.PageForm) bool) samlcheck.Verdict {
	s, why := expect.SessionAt(c, doors().Name, "look")
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	var bad []transcript.Ref
	looked, seen := 0, map[string]bool{}
	for _, v := range s.Step.Visits {
		at := v.Rest()
		if at.AtIdP || at.Status == 0 {
			continue
		}
		looked++
		for _, f := range at.Forms {
			if want(v, f) && !seen[at.URL] {
				seen[at.URL] = true
				bad = append(bad, transcript.Ref{In: s.Ref.In, Excerpt: expect.Excerpt(at.URL)})
			}
		}
	}
	if looked == 0 {
		return samlcheck.Undecided("no page of the service was seen")
	}
	return expect.None(bad, holds, violated)
}
