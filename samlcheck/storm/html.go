package storm

import (
	_ "embed" // the page's template
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"
)

//go:embed storm.tmpl.html
var page string

// WriteHTML writes report.html: one file, no script, nothing loaded from
// anywhere; readable on a phone, in the dark, on paper and by a screen reader.
func WriteHTML(w io.Writer, r *Result) error {
	t, err := template.New("storm").Funcs(template.FuncMap{
		"face": faceName, "pair": func(s sheet, c chart) drawn { return drawn{s, c} }, "join": strings.Join, "rate": rate, "ms": ms,
		"day": func(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") },
		"sec": func(v float64) string { return fmt.Sprintf("%.1f s", v) },
	}).Parse(page)
	if err != nil {
		return fmt.Errorf("storm: %w", err)
	}
	if err := t.Execute(w, sheet{r, charts(r), wide - right, high - floor, left, wide, high, top}); err != nil {
		return fmt.Errorf("storm: %w", err)
	}
	return nil
}

// sheet is what the template sees.
type sheet struct {
	*Result
	Charts                                []chart
	Right, Floor, Left, Wide, High, Above float64
}

// drawn is one chart with the sheet's measures.
type drawn struct {
	Sheet sheet
	Chart chart
}

// Tone is the colour of the answer.
func (s sheet) Tone() string {
	switch s.Exit {
	case ExitFailed:
		return "fail"
	case ExitUnknown:
		return "open"
	}
	return "pass"
}

// Tiles are the numbers at the top.
func (s sheet) Tiles() []tile {
	out := []tile{{fmt.Sprint(s.Logins.Started), "logins", ""}, {fmt.Sprint(s.Logins.Failed), "failed", ""}}
	if s.Logins.Failed > 0 {
		out[1].Tone = "fail"
	}
	if s.Latency.Logins > 0 {
		out = append(out, tile{ms(s.Latency.P50), "p50", ""}, tile{ms(s.Latency.P95), "p95", ""}, tile{ms(s.Latency.P99), "p99", ""},
			tile{rate(s.Harness.Highest), "most at rest a second", ""})
	}
	return out
}

type tile struct{ Value, Name, Tone string }

// Rested and Looked are the sentences that the text has too.
func (s sheet) Rested() string { return s.rested() }

// Looked is what the oracle saw.
func (s sheet) Looked() string { return s.looked() }

// Who made the logins.
func (s sheet) Who() string { return s.who() }
