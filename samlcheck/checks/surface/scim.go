package surface

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var scim = samlcheck.Check{
	ID:    "surface/scim",
	Title: "A SCIM endpoint can be found, through which a directory could make and remove accounts.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.SCIM.At("4"), cite.SCIM.At("2")},
	Remedy: "Without SCIM neither Okta nor Entra can take an account away when somebody leaves: put this app on the list of " +
		"what is removed by hand, and ask the vendor whether SCIM comes with another plan or at another address.",
	Trials: []trial.Trial{trial.AskSurface()},
	Judge:  judgeSCIM,
	Proof:  samlcheck.Proof{Holds: "surface:scim surface:scim-open", Violated: "stand-in"},
}

func judgeSCIM(c *samlcheck.Case) samlcheck.Verdict {
	p, why := read(c)
	if why != nil {
		return *why
	}
	var is, perhaps []answer
	for _, a := range p.of(trial.SCIM) {
		switch {
		case speaksSCIM(a):
			is = append(is, a)
		case !a.like() && a.there():
			perhaps = append(perhaps, a)
		}
	}
	switch {
	case len(is) > 0:
		return p.found(samlcheck.Holds("a SCIM service answers (%s; %s)", addresses(is), p.day()), is)
	case len(perhaps) > 0:
		return p.found(samlcheck.Undecided("something answers where SCIM would be, and asks for credentials or another method (%s; %s)",
			addresses(perhaps), p.day()), perhaps)
	}
	return p.absent("SCIM", trial.SCIM)
}

// speaksSCIM knows SCIM by its own media type, or by its own members in a JSON
// answer that nobody's name is not given as well.
func speaksSCIM(a answer) bool {
	if strings.HasPrefix(a.hop.ContentType, "application/scim+json") {
		return true
	}
	has := func(k string) bool { return slices.Contains(a.hop.JSONKeys, k) }
	return !a.like() && has("schemas") && (has("Resources") || has("totalResults") || has("patch.supported") || has("status"))
}

// users are the answers of a SCIM service to the question how many users there are.
func users(p probe) []answer {
	return slices.DeleteFunc(p.of(trial.SCIM), func(a answer) bool {
		return a.Method != "GET" || !strings.Contains(a.Path, "/Users") || !speaksSCIM(a)
	})
}
