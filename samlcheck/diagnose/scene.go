package diagnose

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// scene is the input, read once for all rules.
type scene struct {
	Input
	captured bool
	byID     map[string]samlcheck.Finding
	logins   []login  // of the person who should get in, as they went; nothing forged
	said     []string // rows that have spoken already
}

// login is one good login.
type login struct {
	transcript.Step
	at    string // "okta/003#login"
	stage stage
	why   string // what the stage rests on

	request *message.AuthnRequest // nil where there was none that could be read
	answer  *answer               // nil where there was none
}

func newScene(in Input) *scene {
	s := &scene{Input: in, captured: strings.HasPrefix(in.Record.Browser, Captured), byID: map[string]samlcheck.Finding{}}
	for _, f := range in.Findings {
		s.byID[f.Check] = f
	}
	model := oracle.Learn(in.Record)
	for _, run := range in.Record.Runs {
		if run.Part != string(trial.KnownIn) {
			continue
		}
		for _, step := range run.Steps {
			if step.Fault != "" || len(step.Login) == 0 && step.Sent == nil && step.Request == nil {
				continue
			}
			l := login{Step: step, at: run.ID + "#" + step.Name}
			if step.Request != nil {
				l.request, _ = message.ParseAuthnRequest([]byte(step.Request.XML)) // its own checks say what is wrong
			}
			if step.Sent != nil {
				l.answer = readAnswer(step.Sent.XML)
			}
			l.stage, l.why = s.triage(l, model)
			s.logins = append(s.logins, l)
		}
	}
	return s
}

// violated and held say what a check has seen, whatever its level.
func (s *scene) violated(id string) bool { return s.byID[id].Answer == samlcheck.AnswerViolated }
func (s *scene) held(id string) bool     { return s.byID[id].Answer == samlcheck.AnswerHolds }

// because is a finding's reason, short enough for a sentence.
func (s *scene) because(id string) string { return shortened(s.byID[id].Because, 300) }

// which of the checks are violated.
func (s *scene) which(ids ...string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !s.violated(id) })
}

// failing gives the first login that ended at the stage.
func (s *scene) failing(want ...stage) (login, bool) {
	for _, l := range s.logins {
		if slices.Contains(want, l.stage) {
			return l, true
		}
	}
	return login{}, false
}

// alwaysTurnedOut gives the first login, if there were more and all were refused.
func (s *scene) alwaysTurnedOut() (login, bool) {
	if len(s.logins) < 2 || slices.ContainsFunc(s.logins, func(l login) bool { return l.stage != turnedOut }) {
		return login{}, false
	}
	return s.logins[0], true
}

// gotIn says whether any of the logins was seen to work.
func (s *scene) gotIn() bool {
	_, ok := s.failing(entered)
	return ok
}

// unexplained gives the logins that came with a response and were not seen to
// get in: the rules that compare what was sent look at these alone.
func (s *scene) unexplained() []login {
	return slices.DeleteFunc(slices.Clone(s.logins), func(l login) bool {
		return l.answer == nil || l.stage == entered
	})
}

// metadataACS lists the addresses in the service provider's metadata.
func (s *scene) metadataACS() []string {
	var out []string
	if s.SP != nil {
		for _, e := range s.SP.ACS() {
			if e.Location != "" && !slices.Contains(out, e.Location) {
				out = append(out, e.Location)
			}
		}
	}
	return out
}

func shortened(text string, n int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + "..."
}
