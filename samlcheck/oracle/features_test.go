package oracle

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/transcript"
)

// features are the kinds of things that are seen of a page, each with what
// takes it out of a record.
var features = map[string]func(*transcript.Hop){
	"status":   func(h *transcript.Hop) { h.Status = 200 },
	"address":  func(h *transcript.Hop) { h.URL = "https://sp.example/" },
	"query":    func(h *transcript.Hop) { h.URL, _, _ = strings.Cut(h.URL, "?") },
	"fragment": func(h *transcript.Hop) { h.URL, _, _ = strings.Cut(h.URL, "#") },
	"text":     func(h *transcript.Hop) { h.Blocks = nil },
	"forms":    func(h *transcript.Hop) { h.Forms = nil },
	"links":    func(h *transcript.Hop) { h.Links = nil },
	"JSON":     func(h *transcript.Hop) { h.JSONKeys = nil },
	"scripts":  func(h *transcript.Hop) { h.Scripts = 0 },
	"cookies":  func(h *transcript.Hop) { h.Cookies = nil },
	"tokens":   func(h *transcript.Hop) { h.Tokens = nil },
	"fetches":  func(h *transcript.Hop) { h.Fetches = nil },
	"storage":  func(h *transcript.Hop) { h.Storage = nil },
}

// alike is an application, without a members view, whose every page has the same status, address and
// text; draw adds the one thing that tells who is in.
func alike(jit string, draw func(h *transcript.Hop, in bool)) func() transcript.Record {
	return func() transcript.Record {
		return alikeFor(jit, func(h *transcript.Hop, trial string) {
			draw(h, strings.HasPrefix(trial, "known") || jit == "create" && strings.HasPrefix(trial, "fresh"))
		})
	}
}

func alikeFor(jit string, draw func(h *transcript.Hop, trial string)) transcript.Record {
	rec := scene{jit: jit, noView: true}.play(experiment)
	for i := range rec.Runs {
		r := &rec.Runs[i]
		page := transcript.Hop{
			Method: "GET", URL: "https://sp.example/home", Because: "redirect", Status: 200, ContentType: "text/html",
			Blocks: []string{"A place to work together on maps and notes and plans", "Everything that a team writes down stands beside what others have drawn",
				"Guests may look around before anybody asks them who they are", "Write to the people of this workspace if something does not work"},
		}
		draw(&page, r.Trial)
		for j := range r.Steps {
			s := &r.Steps[j]
			if at := acsHop(s.Login); at >= 0 {
				acs := s.Login[at]
				acs.Status, acs.Location, acs.Blocks, acs.Forms, acs.Links, acs.Cookies = 303, page.URL, nil, nil, nil, nil
				s.Login = append(append([]transcript.Hop{}, s.Login[:at]...), acs, page)
			}
			for k := range s.Visits {
				s.Visits[k].Hops = []transcript.Hop{page}
			}
		}
	}
	return rec
}

func each(r *transcript.Run, do func(*transcript.Hop)) {
	for i := range r.Steps {
		s := &r.Steps[i]
		for j := range s.Login {
			do(&s.Login[j])
		}
		for j := range s.Visits {
			for k := range s.Visits[j].Hops {
				do(&s.Visits[j].Hops[k])
			}
		}
	}
}

// tells are applications that one kind of feature alone tells apart.
var tells = map[string]func(*transcript.Hop, bool){
	"what a script asks for": func(h *transcript.Hop, in bool) {
		status := 401
		if in {
			status = 200
		}
		h.Fetches = []transcript.Fetch{{Method: "GET", URL: "https://sp.example/api/me", Status: status}}
	},
	"what a script keeps": func(h *transcript.Hop, in bool) {
		if in {
			h.Storage = []string{"session:auth"}
		}
	},
	"a query": func(h *transcript.Hop, in bool) {
		if !in {
			h.URL += "?error=denied"
		}
	},
	"a fragment": func(h *transcript.Hop, in bool) {
		if in {
			h.URL += "#/workspace"
		}
	},
	"JSON": func(h *transcript.Hop, in bool) {
		h.Blocks, h.ContentType, h.JSONKeys = nil, "application/json", []string{"error", "hint"}
		if in {
			h.JSONKeys = []string{"user", "teams"}
		}
	},
}

// inside gives everybody who is let in one page, and everybody else a login form.
func inside(page transcript.Hop) func() transcript.Record {
	return func() transcript.Record {
		return alikeFor("create", func(h *transcript.Hop, trial string) {
			if strings.HasPrefix(trial, "known") || strings.HasPrefix(trial, "fresh") {
				h.Blocks, h.Scripts, h.Links, h.Forms = page.Blocks, page.Scripts, page.Links, page.Forms
				return
			}
			h.URL, h.Blocks = "https://sp.example/login", []string{"Sign in"}
			h.Forms = []transcript.PageForm{{Method: "POST", Action: "https://sp.example/login", Fields: []string{"email:email", "secret:password"}}}
		})
	}
}

// TestEveryKindOfFeatureIsNeeded: without it, some mode gets another verdict
// than the right one.
func TestEveryKindOfFeatureIsNeeded(t *testing.T) {
	t.Parallel()
	type cell struct {
		name  string
		play  func() transcript.Record
		right func(JIT) bool
	}
	var cells []cell
	for _, m := range modes() {
		cells = append(cells, cell{m.name, func() transcript.Record { return m.play(experiment) }, func(j JIT) bool { return allowed(m, j) }})
	}
	for name, draw := range tells {
		for jit, want := range map[string]Verdict{"create": Admitted, "off": Shut} {
			cells = append(cells, cell{name + ", jit " + jit, alike(jit, draw), func(j JIT) bool { return j.Verdict == want || j.Leaning == want }})
		}
	}
	cells = append(cells,
		// A script may draw a gate as well as a workspace.
		cell{"a shell for all", inside(transcript.Hop{Blocks: []string{"Loading your workspace"}, Scripts: 3}),
			func(j JIT) bool { return j.Verdict != Admitted && j.Leaning != Admitted }},
		// What asks for something and leads nowhere is a form to fill in first.
		cell{"an application with a form", inside(transcript.Hop{
			Blocks: []string{"Roadmap for autumn", "Holiday calendar", "Design studio", "Field sales", "New note"},
			Links:  []string{"https://sp.example/teams", "https://sp.example/notes", "https://sp.example/logout"},
			Forms:  []transcript.PageForm{{Method: "POST", Action: "https://sp.example/notes", Fields: []string{"title:text"}}},
		}), func(j JIT) bool { return j.Verdict == Admitted }})
	for _, c := range cells {
		j := Learn(c.play()).JIT()
		assert.True(t, c.right(j), "%s: %s %s", c.name, judged(j), j.Because)
	}
	for kind, blank := range features {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var misled []string
			for _, c := range cells {
				rec := c.play()
				for i := range rec.Runs {
					each(&rec.Runs[i], blank)
				}
				if j := Learn(rec).JIT(); !c.right(j) {
					misled = append(misled, c.name+": "+judged(j))
				}
			}
			t.Log(strings.Join(misled, "\n"))
			assert.NotEmpty(t, misled, "no mode needs it")
		})
	}
}
