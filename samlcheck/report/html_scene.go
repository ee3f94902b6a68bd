package report

import (
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// story is one face's logins that decide, in order.
type story struct {
	Face     string
	Scenes   []*sceneView
	Landings []Landing
	Span     string
}

// sceneView is a scene as it is drawn.
type sceneView struct {
	Scene
	Face   string
	Anchor string
	Name   string // who it is, in words
	Steps  []stepView

	drawn bool
}

type stepView struct {
	SceneStep
	Rows []rowView
}

// rowView is one arrow of the drawing.
type rowView struct {
	Arrow
	Message *messageView
}

type messageView struct {
	Message
	Lines   []Line
	Control bool // it is compared with the control
	Whole   bool // all of it is shown, not only what differs
}

// library draws all scenes of a report, by run.
func library(r *Report) map[string]*sceneView {
	out := map[string]*sceneView{}
	for _, f := range r.Faces {
		control, was := controlOf(f)
		for _, s := range f.Scenes {
			out[s.Run] = viewOf(f.Face, s, control, was)
		}
	}
	return out
}

// controlOf is the response of a face's clean login, with which others are
// compared.
func controlOf(f Face) (string, volatile) {
	for _, s := range f.Scenes {
		if s.Shows != Control {
			continue
		}
		for _, step := range s.Steps {
			request := step.request()
			for _, a := range step.Arrows {
				if a.Message != nil && a.Message.Kind == "response" {
					return a.Message.XML, volatileOf(a.Message.XML, request, step.Began, step.span())
				}
			}
		}
	}
	return "", volatile{}
}

func (s SceneStep) request() string {
	for _, a := range s.Arrows {
		if a.Message != nil && a.Message.Kind == "request" {
			return a.Message.XML
		}
	}
	return ""
}

func (s SceneStep) span() time.Duration { return time.Duration(s.Took) * time.Millisecond }

func viewOf(face string, s Scene, control string, was volatile) *sceneView {
	v := &sceneView{Scene: s, Face: face, Anchor: "login-" + strings.ReplaceAll(s.Run, "/", "-"), Name: sceneName(s)}
	request := ""
	for _, step := range s.Steps {
		sv := stepView{SceneStep: step}
		if q := step.request(); q != "" {
			request = q // a response posted again answers the request of the step before
		}
		for _, a := range step.Arrows {
			row := rowView{Arrow: a}
			if m := a.Message; m != nil {
				row.Message = &messageView{Message: *m, Whole: s.Shows == Control || s.Shows == Decides || m.Kind == "response" || strings.HasPrefix(s.Shows, "request/")}
				switch {
				case m.Kind == "response" && s.Shows != Control && control != "":
					row.Message.Control = true
					row.Message.Lines = compared(m.XML, volatileOf(m.XML, request, step.Began, step.span()), control, was)
				case row.Message.Whole:
					row.Message.Lines = compared(m.XML, volatile{ids: strings.NewReplacer()}, "", volatile{ids: strings.NewReplacer()})
				}
			}
			sv.Rows = append(sv.Rows, row)
		}
		v.Steps = append(v.Steps, sv)
	}
	return v
}

func sceneName(s Scene) string {
	switch s.Trial {
	case oracle.TrialKnown1:
		return "The known member: the control"
	case oracle.TrialStranger1:
		return "A stranger, who never signs in"
	case oracle.TrialFresh1:
		return "A newcomer, with all attributes"
	case oracle.TrialFresh1Again:
		return "The same newcomer, a second time"
	case oracle.TrialFresh2Plain:
		return "Another newcomer, with plain attributes"
	case oracle.TrialSpoiltKey1:
		return "Forged: signed with an unknown key"
	}
	return s.Trial
}

// stories are the deciding logins of each face, with one forged login that got
// in, should there be one.
func stories(r *Report, book map[string]*sceneView) []story {
	forged := forgedIn(r)
	var out []story
	for _, f := range r.Faces {
		st := story{Face: f.Face, Landings: f.Landings}
		for _, s := range f.Scenes {
			v := book[s.Run]
			if s.Shows == Control || s.Shows == Decides || s.Run == forged[f.Face] {
				v.drawn = true
				st.Scenes = append(st.Scenes, v)
			}
			if s.Run == forged[f.Face] {
				v.Name = "Forged, and it got in: " + s.Shows
			}
		}
		if len(f.Landings) > 0 {
			st.Span = spanOf(f.Landings).Round(100 * time.Millisecond).String()
		}
		if len(st.Scenes)+len(st.Landings) > 0 {
			out = append(out, st)
		}
	}
	return out
}

// forgedIn is, for each face, the run of the first way in.
func forgedIn(r *Report) map[string]string {
	out := map[string]string{}
	for _, f := range r.Faces {
		for _, x := range ByGravity(f.Findings) {
			if !wayIn(x) || x.Outcome != samlcheck.Fail || out[f.Face] != "" {
				continue
			}
			for _, e := range x.Evidence {
				run, _, isStep := strings.Cut(e.In, "#")
				if isStep && slices.ContainsFunc(f.Scenes, func(s Scene) bool { return s.Run == run && s.Shows == x.Check }) {
					out[f.Face] = run
					break
				}
			}
		}
	}
	return out
}

func spanOf(ls []Landing) time.Duration {
	first, last := ls[0].Began, ls[0].Began
	for _, l := range ls {
		if l.Began.Before(first) {
			first = l.Began
		}
		if end := l.Began.Add(time.Duration(l.Took) * time.Millisecond); end.After(last) {
			last = end
		}
	}
	return last.Sub(first)
}

// wholeLines are the lines of a message as it was sent: without those that only
// its control has.
func wholeLines(ls []Line) []Line {
	var out []Line
	for _, l := range ls {
		if l.Mark != "-" {
			out = append(out, l)
		}
	}
	return out
}

// nearLines are what differs, with a little around it. A gap is an empty line.
func nearLines(ls []Line) []Line {
	var out []Line
	gap := false
	for _, l := range ls {
		if !l.Close {
			gap = len(out) > 0
			continue
		}
		if gap {
			out = append(out, Line{Head: "…"})
			gap = false
		}
		out = append(out, l)
	}
	return out
}

// changes counts the lines that are only in the message or only in its control.
func changes(ls []Line) int {
	n := 0
	for _, l := range ls {
		if l.Mark != "" {
			n++
		}
	}
	return n
}
