package report

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
)

// A Scene is one login as it went between service provider, browser and
// identity provider, with its messages: of the logins that decide, and of those
// on which a failure or a warning rests.
type Scene struct {
	Run   string      `json:"run"`   // "okta/007"
	Trial string      `json:"trial"` // "fresh-1"
	Shows string      `json:"shows"` // Control, Decides or a check's id: why it is here
	Steps []SceneStep `json:"steps"`
}

// Why a scene is shown, if not for a finding.
const (
	Control = "control" // the known member's clean login, with which others are compared
	Decides = "decides" // a login on which the answer rests
)

// SceneStep is one step of a scene.
type SceneStep struct {
	Name    string    `json:"name"`
	Do      string    `json:"do"`
	Began   time.Time `json:"began"`
	Took    int64     `json:"took_ms"`
	Arrows  []Arrow   `json:"arrows"`
	Looked  []Arrow   `json:"looked,omitempty"` // pages looked at afterwards, with the same cookies
	Landing string    `json:"landing,omitempty"`
	Because string    `json:"because"`
}

// Arrow is one request of the browser and what came back.
type Arrow struct {
	ToIdP   bool     `json:"to_idp,omitempty"` // else to the service provider
	Call    string   `json:"call"`             // "POST /saml/acs"
	Answer  string   `json:"answer"`           // `200 "Home"`, "302 to idp.example"
	Status  int      `json:"status,omitempty"`
	IDs     []string `json:"request_ids,omitempty"`
	Message *Message `json:"message,omitempty"` // what it carried
}

// Message is a SAML message of a scene. It comes from the redacted record.
type Message struct {
	Kind       string   `json:"kind"` // "request" (of the service provider), "response" (of the identity provider)
	XML        string   `json:"xml"`
	Cut        int      `json:"cut,omitempty"` // bytes left out at the end
	Binding    string   `json:"binding"`
	RelayState string   `json:"relay_state,omitempty"`
	Signed     string   `json:"signed,omitempty"`
	Changed    []string `json:"changed,omitempty"` // names of the mutations
}

// What one face's scenes may take.
const (
	mostScenes  = 48
	mostSteps   = 6
	mostMessage = 48 << 10 // bytes
)

// scenes are the logins worth showing of a record, in their order.
func scenes(rec transcript.Record, model *oracle.Model, f Face) []Scene {
	why := map[string]string{}
	for _, run := range rec.Runs {
		if run.Again == 0 && slices.Contains(deciding, run.Trial) {
			why[run.ID] = Decides
		}
		if run.Again == 0 && run.Trial == oracle.TrialKnown1 {
			why[run.ID] = Control
		}
	}
	for _, x := range ByGravity(f.Findings) {
		for _, ref := range x.Evidence {
			id, _, isStep := strings.Cut(ref.In, "#")
			if isStep && bad(x.Outcome) && why[id] == "" && len(why) < mostScenes {
				why[id] = x.Check
			}
		}
	}
	var out []Scene
	for _, run := range rec.Runs {
		if why[run.ID] == "" {
			continue
		}
		s := Scene{Run: run.ID, Trial: run.Trial, Shows: why[run.ID], Steps: []SceneStep{}}
		for _, step := range run.Steps[:min(len(run.Steps), mostSteps)] {
			s.Steps = append(s.Steps, sceneStep(model, run, step))
		}
		out = append(out, s)
	}
	return out
}

// deciding are the trials on which the first answer rests, beside the control.
var deciding = []string{
	oracle.TrialStranger1, oracle.TrialFresh1, oracle.TrialFresh1Again, oracle.TrialFresh2Plain, oracle.TrialSpoiltKey1,
}

func sceneStep(model *oracle.Model, run transcript.Run, s transcript.Step) SceneStep {
	l := landing(model, run, s)
	out := SceneStep{Name: s.Name, Do: s.Do, Began: s.Began, Took: s.Took, Landing: l.Landing, Because: l.Because, Arrows: []Arrow{}}
	asked, answered := s.Request == nil, s.Sent == nil
	for _, h := range s.Login {
		a := arrow(h)
		switch {
		case h.AtIdP && !asked:
			a.Message, asked = message(s.Request, "request"), true
		case !answered && (slices.Contains(h.Posted, "SAMLResponse") || strings.Contains(h.URL, "SAMLResponse=") || strings.Contains(h.URL, "SAMLart=")):
			a.Message, answered = message(s.Sent, "response"), true
		}
		out.Arrows = append(out.Arrows, a)
	}
	if !asked {
		out.Arrows = append(out.Arrows, Arrow{ToIdP: true, Call: "AuthnRequest", Answer: "the page that brought it was not kept", Message: message(s.Request, "request")})
	}
	if !answered {
		out.Arrows = append(out.Arrows, Arrow{Call: "Response", Answer: "it was made, and no page that took it was seen", Message: message(s.Sent, "response")})
	}
	for _, v := range s.Visits {
		if len(v.Hops) > 0 {
			a := arrow(v.Hops[0])
			if rest := v.Rest(); len(v.Hops) > 1 {
				a.Answer += ", at last " + cameBack(rest)
				a.Status = rest.Status
			}
			if !slices.ContainsFunc(out.Looked, func(o Arrow) bool { return o.Call == a.Call && o.Answer == a.Answer }) {
				out.Looked = append(out.Looked, a)
			}
		}
	}
	return out
}

func arrow(h transcript.Hop) Arrow {
	a := Arrow{ToIdP: h.AtIdP, Call: h.Method + " " + where(h.URL, h.URL), Answer: cameBack(h), Status: h.Status}
	a.IDs = requestIDs(transcript.Step{Login: []transcript.Hop{h}})
	return a
}

// where is a URL without what it carries, and without its host where that is
// the one of from: who is meant stands above.
func where(raw, from string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return short(raw, 80)
	}
	p := u.EscapedPath()
	if p == "" {
		p = "/"
	}
	if f, err := url.Parse(from); err == nil && f.Host != u.Host {
		p = u.Host + p
	}
	if len(p) > 46 {
		p = strings.ToValidUTF8(p[:26], "") + "…" + strings.ToValidUTF8(p[len(p)-16:], "")
	}
	return p
}

func cameBack(h transcript.Hop) string {
	switch {
	case h.Error != "":
		return "no answer: " + short(h.Error, 120)
	case h.Told != nil:
		return "seen by a person: " + string(h.Told.Shows)
	case h.Location != "":
		return fmt.Sprintf("%d to %s", h.Status, where(h.Location, h.URL))
	case h.Title != "":
		return fmt.Sprintf("%d %q", h.Status, short(h.Title, 60))
	}
	return fmt.Sprint(h.Status)
}

func message(m *transcript.Message, kind string) *Message {
	out := &Message{Kind: kind, XML: m.XML, Binding: m.Binding, RelayState: m.RelayState, Signed: m.Signed, Changed: m.Changed}
	if len(out.XML) > mostMessage {
		out.Cut = len(out.XML) - mostMessage
		out.XML = strings.ToValidUTF8(out.XML[:mostMessage], "")
	}
	return out
}

func bad(o samlcheck.Outcome) bool { return o == samlcheck.Fail || o == samlcheck.Warn }
