package surface

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// answer is what one place said, beside what the names that nobody has say in
// its folder and in those above.
type answer struct {
	trial.Place
	hop     transcript.Hop
	nothing []transcript.Hop // the nearest folder first
}

// probe is what was asked, by origin.
type probe struct {
	run     transcript.Run
	answers []answer
	limits  []transcript.Hop // answers that asked us to slow down, or never came
}

// read finds the probe of a case; why says what is missing.
func read(c *samlcheck.Case) (p probe, why *samlcheck.Verdict) {
	run, ok := c.Runs[trial.AskSurface().Name]
	step := run.Last()
	switch {
	case !ok:
		v := samlcheck.NotApplicable("not performed: nobody asked at the places of the surface probe")
		return p, &v
	case step.Fault != "":
		v := samlcheck.Undecided("the harness failed: %s", step.Fault)
		return p, &v
	}
	p.run = run
	at := map[string]transcript.Hop{}
	for _, h := range step.Surface {
		at[h.Method+" "+h.URL] = h
		if h.Error != "" || h.Status == 429 || h.Status == 503 {
			p.limits = append(p.limits, h)
		}
	}
	for _, origin := range origins(step.Surface) {
		for _, place := range trial.Places() {
			h, asked := at[place.Method+" "+origin+place.Path]
			if !asked || h.Error != "" || place.Kind == trial.Nothing {
				continue
			}
			a := answer{Place: place, hop: h}
			for _, dir := range place.Folders() {
				if n, ok := at["GET "+origin+dir+trial.NoSuchName]; ok {
					a.nothing = append(a.nothing, n)
				}
			}
			p.answers = append(p.answers, a)
		}
	}
	return p, nil
}

func origins(hops []transcript.Hop) []string {
	out := map[string]bool{}
	for _, h := range hops {
		if u, err := url.Parse(h.URL); err == nil {
			out[u.Scheme+"://"+u.Host] = true
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// of lists the answers of one kind.
func (p probe) of(k trial.Kind) []answer {
	return slices.DeleteFunc(slices.Clone(p.answers), func(a answer) bool { return a.Kind != k })
}

// like says whether a name that nobody has is answered the same way.
func (a answer) like() bool {
	return slices.ContainsFunc(a.nothing, func(n transcript.Hop) bool { return alike(a.hop, n) })
}

// alike leaves out what differs for no reason: a size, an address in a
// redirect's query.
func alike(a, b transcript.Hop) bool {
	where := func(s string) string { s, _, _ = strings.Cut(s, "?"); return s }
	return a.Status == b.Status && a.ContentType == b.ContentType && a.Title == b.Title &&
		where(a.Location) == where(b.Location) && slices.Equal(a.JSONKeys, b.JSONKeys)
}

// there says whether something answers at all. A server's own failure is no answer.
func (a answer) there() bool {
	return a.hop.Status != 404 && a.hop.Status != 410 && a.hop.Status != 429 && a.hop.Status < 500
}

// gate says whether the answer keeps a stranger out, so that what lies behind
// it cannot be seen.
func (a answer) gate() bool {
	return a.hop.Status == 401 || a.hop.Status == 403 || a.hop.Status/100 == 3
}

func (a answer) ref(run transcript.Run) transcript.Ref {
	words := fmt.Sprintf("%s %s: %d %s", a.Method, a.hop.URL, a.hop.Status, a.hop.ContentType)
	for _, name := range []string{"www-authenticate", "allow"} {
		if v := a.hop.Headers[name]; v != "" {
			words += ", " + name + ": " + v
		}
	}
	return transcript.Ref{In: run.ID + "#" + run.Last().Name, Excerpt: expect.Excerpt(words)}
}

func (p probe) day() string { return p.run.Began.UTC().Format(time.DateOnly) }

// absent says that nothing of a kind was found, as far as that can be said.
func (p probe) absent(what string, k trial.Kind) samlcheck.Verdict {
	asked := p.of(k)
	if len(asked) == 0 {
		return samlcheck.Undecided("%s: no place answered on %s%s", what, p.day(), p.slowed())
	}
	gates, same := 0, 0
	for _, a := range asked {
		if a.gate() {
			gates++
		}
		if a.there() && a.like() {
			same++
		}
	}
	if gates == len(asked) {
		return samlcheck.Undecided("%s: every place keeps strangers out (%d at %s), and so does a name that nobody has, so what lies behind cannot be seen (%s)",
			what, asked[0].hop.Status, asked[0].hop.URL, p.day())
	}
	if len(p.limits) > 0 {
		return samlcheck.Undecided("%s: not found at the places that answered on %s%s", what, p.day(), p.slowed())
	}
	everywhere := ""
	if same > 0 {
		everywhere = fmt.Sprintf(" (%d of them answer with what a name that nobody has gets, too)", same)
	}
	return samlcheck.Violated("%s: not found at these places on %s, asked without credentials: %s%s", what, p.day(), places(asked), everywhere)
}

// places names the paths that were asked, by origin.
func places(as []answer) string {
	var out []string
	for _, origin := range origins(hopsOf(as)) {
		var paths []string
		for _, a := range as {
			at, _, _ := strings.Cut(a.Path, "?")
			if strings.HasPrefix(a.hop.URL, origin+"/") && !slices.Contains(paths, at) {
				paths = append(paths, at)
			}
		}
		out = append(out, origin+": "+strings.Join(paths, " "))
	}
	return strings.Join(out, "; ")
}

func hopsOf(as []answer) []transcript.Hop {
	out := make([]transcript.Hop, 0, len(as))
	for _, a := range as {
		out = append(out, a.hop)
	}
	return out
}

func (p probe) slowed() string {
	if len(p.limits) == 0 {
		return ""
	}
	h := p.limits[0]
	if h.Error != "" {
		return "; the rest was not asked, because " + h.URL + " did not answer (" + h.Error + ")"
	}
	return fmt.Sprintf("; the rest was not asked, because %s answered %d", h.URL, h.Status)
}

// found gives the evidence of what was found.
func (p probe) found(v samlcheck.Verdict, as []answer) samlcheck.Verdict {
	for _, a := range as {
		v = v.At(a.ref(p.run))
	}
	return v
}

func addresses(as []answer) string {
	out := []string{}
	for _, a := range as {
		out = append(out, fmt.Sprintf("%s %s: %d", a.Method, a.hop.URL, a.hop.Status))
	}
	return strings.Join(out, ", ")
}
