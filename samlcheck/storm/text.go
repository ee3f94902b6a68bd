package storm

import (
	"fmt"
	"io"
	"strings"
)

// TextOptions are how a person reads a result.
type TextOptions struct {
	Verbose bool   // every place and every control
	Kept    string // the folder where it is kept; "" for none
}

// faces by their vendors' names.
func faceName(f string) string {
	switch f {
	case "okta":
		return "Okta"
	case "entra":
		return "Microsoft Entra"
	}
	return f
}

// Headline is the answer in one sentence.
func (r *Result) Headline() string {
	switch {
	case r.Logins.Started == 0:
		return r.Stopped
	case r.Logins.Failed > 0 && r.Saturation.Reached && r.Saturation.Limit == BySP:
		return fmt.Sprintf("%d of %d logins failed; it kept up until %s logins a second", r.Logins.Failed, r.Logins.Started, rate(r.Saturation.Held))
	case r.Logins.Failed > 0:
		return fmt.Sprintf("%d of %d logins failed", r.Logins.Failed, r.Logins.Started)
	case r.Saturation.Reached && r.Saturation.Limit != BySP:
		return fmt.Sprintf("no login failed, and the limit of %s logins a second was this machine's", rate(r.Saturation.Gave))
	case r.Saturation.Reached:
		return fmt.Sprintf("no login failed; it kept up until %s logins a second", rate(r.Saturation.Held))
	case r.Saturation.Limit == NotJudged:
		return fmt.Sprintf("no login of %d failed", r.Logins.Started)
	}
	return fmt.Sprintf("no login failed, and it kept up at %s logins a second", rate(r.Saturation.Held))
}

// who made the logins.
func (r *Result) who() string {
	if r.Asked.Person == "fresh" {
		return "people who were never there, a new one for each login"
	}
	return "the known member"
}

// WriteText writes the answer first, then what it rests on.
func WriteText(w io.Writer, r *Result, o TextOptions) error {
	var b strings.Builder
	line := func(name, format string, a ...any) {
		fmt.Fprintf(&b, "%-14s %s\n", name, fmt.Sprintf(format, a...))
	}
	fmt.Fprintf(&b, "Login storm as %s at %s: %s.\n\n", faceName(r.Face), strings.Join(r.Target.Hosts, ", "), r.Headline())
	line("sent", "%d of %d logins of %s, up to %s a second, in %.0f s", r.Logins.Started, r.Asked.Logins, r.who(), rate(r.Asked.Rate), r.Harness.Lasted)
	if r.Stopped != "" {
		line("stopped early", "%s", r.Stopped)
	}
	line("came to rest", "%s", r.rested())
	line("looked into", "%s", r.looked())
	if r.Latency.Logins > 0 {
		line("latency", "%s   from the intended start", r.Latency)
		line("the answers", "%s   from the real start", r.Service)
	}
	if r.Saturation.Because != "" {
		line("saturation", "%s", r.Saturation.Because)
	}
	for i, f := range r.Failures {
		name := ""
		if i == 0 {
			name = "failures"
		}
		line(name, "%d %s, the first at %.1f s: %s", f.Count, f.Kind, f.First, f.Detail)
	}
	r.controls(line, o.Verbose)
	if r.Harness.CPU > 0 {
		line("harness", "%.2f ms of CPU a login, here", r.Harness.CPU)
	}
	if a := r.Accounts; a != nil {
		line("accounts", "up to %d may exist now, %s to %s: only an administrator can delete them", a.Count, a.First, a.Last)
	}
	if o.Kept != "" {
		fmt.Fprintf(&b, "\nThe curves, and the numbers for a machine: %s\n", o.Kept)
	}
	fmt.Fprintf(&b, "exit %d\n", r.Exit)
	_, err := io.WriteString(w, b.String())
	return err
}

// rested says what the logins resemble, in words that claim no more.
func (r *Result) rested() string {
	l := r.Logins
	var out []string
	add := func(n int, words string) {
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, words))
		}
	}
	add(l.Known, "like the known member")
	add(l.Refused, "like a refused login")
	add(l.Untold, "where both the known member and refused logins do: place and status do not tell")
	add(l.Elsewhere, "elsewhere")
	add(l.Failed-l.Refused, "nowhere")
	add(l.Cut, "cut off by us")
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

// looked says what the oracle saw.
func (r *Result) looked() string {
	s := r.Samples
	if s.Taken == 0 {
		return "no login: nothing is said of whether people were in"
	}
	out := fmt.Sprintf("%d logins in full, with the pages behind them: %d in", s.Taken, s.In)
	for _, x := range s.Landings {
		switch {
		case x.Weak:
			out += fmt.Sprintf(", %d %s (weak)", x.Count, x.Landing)
		case x.Landing != "in":
			out += fmt.Sprintf(", %d %s", x.Count, x.Landing)
		}
	}
	if s.Passed > 0 {
		out += fmt.Sprintf("; %d more were due and made lightly, because enough of them were under way", s.Passed)
	}
	return out
}

func (r *Result) controls(line func(string, string, ...any), verbose bool) {
	c := r.Controls
	switch {
	case !c.Known:
		line("controls", "the oracle cannot tell who is in here: %s", c.Because)
	case c.After == nil:
		line("controls", "the known member got in before; he was not asked again")
	case !c.Steady:
		line("controls", "the known member got in before and not after (%s): %s", c.After.Landing, c.After.Because)
	default:
		line("controls", "the known member got in before and after")
	}
	if !verbose {
		return
	}
	for _, x := range c.Before {
		line("", "%s: %s, %s", x.Trial, x.Landing, x.Because)
	}
	for _, p := range r.Places {
		line("place", "%d x %s, answered %d (%s)", p.Count, p.Place, p.Answer, p.Like)
	}
	for _, s := range r.Samples.Landings {
		line("sample", "%d x %s: %s", s.Count, s.Landing, s.Because)
	}
}

func (l Latency) String() string {
	return fmt.Sprintf("p50 %s  p90 %s  p95 %s  p99 %s  max %s", ms(l.P50), ms(l.P90), ms(l.P95), ms(l.P99), ms(l.Max))
}
