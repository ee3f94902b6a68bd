package diagnose

import (
	"fmt"
	"net/http"
	"slices"

	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
)

// stage is how far a login came.
type stage int

const (
	unclear   stage = iota // a response was posted; what became of it was not seen
	astray                 // no identity provider was ever asked
	atIdP                  // the identity provider answered, and posted no response
	turnedOut              // the service refused the response
	entered                // the service took it
)

// Stages says of each login of a capture how far it came, by "run#step"; nil of
// what was driven, whose landings the oracle reads.
func Stages(in Input) map[string]string {
	s := newScene(in)
	if !s.captured {
		return nil
	}
	out := map[string]string{}
	for _, l := range s.logins {
		out[l.at] = l.why
	}
	return out
}

// triage says how far a login came. A driven login has controls, and the oracle
// reads it; where it cannot, a refusal of the response itself still is one. A
// captured login has no controls: there only what cannot be an acceptance counts,
// an error status or a request that follows the response.
func (s *scene) triage(l login, m *oracle.Model) (stage, string) {
	if s.captured && len(l.Login) == 0 {
		return unclear, "only the message was given, and not what became of it"
	}
	if l.Sent == nil {
		if slices.ContainsFunc(l.Login, func(h transcript.Hop) bool { return h.AtIdP }) {
			return atIdP, "the login ended at the identity provider, and no response was posted"
		}
		return astray, "the login never reached an identity provider"
	}
	if s.captured {
		return capturedStage(l)
	}
	switch at := m.Land(l.Step); at.Where {
	case transcript.In, transcript.Accepted:
		return entered, at.Because
	case transcript.Out, transcript.Session:
		return turnedOut, at.Because
	case transcript.Form, transcript.Mixed, transcript.Unreadable:
		if h, ok := refusal(l); ok {
			return turnedOut, fmt.Sprintf("%s answered the response with %d", h.URL, h.Status)
		}
	}
	return unclear, "the pages after the response can be read either way"
}

// refusal is where the response was posted, if the answer to it was that it is not
// accepted. Too many logins, or a service that is down, say nothing of this one.
func refusal(l login) (transcript.Hop, bool) {
	for _, h := range l.Login {
		if slices.Contains(h.Posted, "SAMLResponse") {
			passing := h.Status == http.StatusRequestTimeout || h.Status == http.StatusTooManyRequests
			return h, h.Status >= 400 && h.Status < 500 && !passing
		}
	}
	return transcript.Hop{}, false
}

func capturedStage(l login) (stage, string) {
	posted := false
	for _, h := range l.Login {
		if posted && h.AtIdP {
			return turnedOut, "after the response the app sent the browser to the identity provider again"
		}
		posted = posted || slices.Contains(h.Posted, "SAMLResponse")
		if posted && h.Status >= 400 {
			return turnedOut, fmt.Sprintf("after the response %s answered %d", h.URL, h.Status)
		}
	}
	return unclear, "a capture has no controls: whether the app took the response cannot be told from its pages alone"
}
