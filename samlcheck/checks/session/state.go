package session

import (
	"slices"

	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// fromIdP is the known member's login without a request, so without its state.
func fromIdP() trial.Trial {
	return trial.Trial{Name: "known-from-idp", Part: trial.Question, Steps: []trial.Step{
		{Name: "login", Do: trial.Login{As: trial.Known, From: trial.IdPInitiated}}}}
}

func weighed(t trial.Trial) trial.Trial {
	t.Role, t.Want = trial.Control, transcript.Landing("")
	return t
}

// keptBack lists the cookies that the service set before the response was
// delivered and that a browser did not bring along with it.
func keptBack(login []transcript.Hop) []string {
	var set, out []string
	for _, h := range login {
		if h.AtIdP {
			continue
		}
		if slices.Contains(h.Posted, "SAMLResponse") {
			for _, name := range h.Withheld {
				if slices.Contains(set, name) && !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
			return out
		}
		for _, k := range h.Cookies {
			set = append(set, k.Name)
		}
	}
	return out
}
