package response

import (
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// It sends no more than one bad response of its own, so that there is one; it
// reads what the service provider did with all of the others. It warns: no rule names
// a status for a refusal, and some products answer every one with 500.
var crashOnBadInput = samlcheck.Check{
	ID:    "response/crash-on-bad-input",
	Title: "A bad response is refused, and nothing breaks.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.House.At("a-crash-is-not-a-refusal"), cite.SAML2Int.At("SDP-SP11")},
	Remedy: "Send the vendor the response and the time: a program that breaks on a message which anybody can send may " +
		"be stopped by it, and people see an error page instead of a sentence that helps them. Shibboleth answers " +
		"each refusal with status 500 and its page sessionError.html, which breaks nothing: give it a page that " +
		"helps (Errors redirectErrors).",
	Trials: trial.Against(forge.Audience("https://other.example/sp")),
	Judge:  noCrash,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:crash"},
}

func noCrash(c *samlcheck.Case) samlcheck.Verdict {
	var bad []transcript.Ref
	asked, calm := 0, 0
	for _, s := range badSteps(c.All) {
		asked++
		if l := c.Model.Land(s.Step); !l.Crashed {
			if l.Where == transcript.Out {
				calm++
			}
			continue
		}
		ref := transcript.Ref{In: s.in, Excerpt: expect.Excerpt(s.Do)}
		if !slices.Contains(bad, ref) {
			bad = append(bad, ref)
		}
	}
	if asked == 0 {
		return samlcheck.Undecided("no bad response was sent")
	}
	if len(bad) > 1 && calm == 0 {
		return expect.None(bad, "", "the service answered each response that it refused with a failure (5xx) or a cut connection, which may be just its way of refusing")
	}
	return expect.None(bad, "no bad response made the service fail", "after these the service answered with a failure (5xx) or cut the connection")
}
