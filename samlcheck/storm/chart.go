package storm

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// The drawing's own units; the page scales it.
const (
	wide, high              = 760.0, 276.0
	left, right, top, floor = 58.0, 70.0, 20.0, 34.0 // margins
	apart                   = 14.0                   // between two names at the ends of lines
)

// chart is one drawing, laid out: the template only writes it down.
type chart struct {
	ID, Title, Says string // Says is what a screen reader says
	XName, YName    string
	X, Y            []tick
	Lines           []curve
	Bars            []bar
	Mark            *mark
}

type tick struct {
	At   float64
	Text string
}

// curve is one series: connected, or points alone.
type curve struct {
	Class, Name string
	Path        string // "" for points alone
	Dots        []dot
	LabelY      float64
}

type dot struct {
	X, Y float64
	Tip  string
}

type bar struct {
	X, Y, W, H float64
	Tip        string
}

// mark is where the saturation point stands.
type mark struct {
	X    float64
	Text string
	End  bool // the words stand left of it
}

// scale brings a value onto the drawing.
type scale struct {
	from, to float64 // values
	a, b     float64 // places
	log      bool
}

func (s scale) at(v float64) float64 {
	if s.log {
		v, s.from, s.to = math.Log10(max(v, s.from)), math.Log10(s.from), math.Log10(s.to)
	}
	return round(s.a + (v-s.from)/(s.to-s.from)*(s.b-s.a))
}

func round(v float64) float64 { return math.Round(v*10) / 10 }

// even are about n round steps from nothing to a value, and the last of them.
func even(most float64, n int) ([]float64, float64) {
	if most <= 0 {
		most = 1
	}
	step := math.Pow(10, math.Floor(math.Log10(most/float64(n))))
	for _, f := range []float64{1, 2, 5, 10} {
		if most/(step*f) <= float64(n) {
			step *= f
			break
		}
	}
	out := []float64{}
	for v := 0.0; ; v += step {
		out = append(out, v)
		if v >= most {
			return out, v
		}
	}
}

// decades are 1, 2, 5, 10, ... around values; fewer where they span much.
func decades(least, most float64) []float64 {
	few := []float64{1, 2, 5}
	if most/least > 500 {
		few = []float64{1}
	}
	var out []float64
	for d := math.Floor(math.Log10(least)); ; d++ {
		for _, f := range few {
			v := f * math.Pow(10, d)
			if v <= least {
				out = out[:0] // only the last one below
			}
			out = append(out, v)
			if v >= most {
				return out
			}
		}
	}
}

// percentile is one of the three that are drawn.
type percentile struct {
	class, name string
	of          func(Window) float64
}

func percentiles() []percentile {
	return []percentile{
		{"p50", "p50", func(w Window) float64 { return w.P50 }},
		{"p95", "p95", func(w Window) float64 { return w.P95 }},
		{"p99", "p99", func(w Window) float64 { return w.P99 }},
	}
}

// charts draws a result's windows; none where there are too few to draw.
func charts(r *Result) []chart {
	var ws []Window
	for _, w := range r.Windows {
		if w.Rested > 0 {
			ws = append(ws, w)
		}
	}
	if len(ws) < 2 {
		return nil
	}
	return []chart{latencyOverTime(r, ws), ratesOverTime(r, r.Windows), latencyOverRate(ws)}
}

func latencyScale(ws []Window) (scale, []tick) {
	least, most := math.Inf(1), 0.0
	for _, w := range ws {
		least, most = min(least, max(w.P50, 0.1)), max(most, w.P99)
	}
	marks := decades(least, max(most, least*2))
	s := scale{marks[0], marks[len(marks)-1], high - floor, top, true}
	var out []tick
	for _, v := range marks {
		out = append(out, tick{s.at(v), axisMillis(v)})
	}
	return s, out
}

func axisMillis(v float64) string {
	if v >= 1000 {
		return fmt.Sprintf("%g s", v/1000)
	}
	return fmt.Sprintf("%g ms", v)
}

func timeScale(ws []Window) (scale, []tick) {
	steps, _ := even(ws[len(ws)-1].To, 8)
	s := scale{0, max(ws[len(ws)-1].To, steps[1]), left, wide - right, false}
	var out []tick
	for _, v := range steps {
		if v <= s.to {
			out = append(out, tick{s.at(v), fmt.Sprintf("%g s", v)})
		}
	}
	return s, out
}

func latencyOverTime(r *Result, ws []Window) chart {
	c := chart{ID: "latency", Title: "Latency, from the moment a login was meant to begin", XName: "since the storm began", YName: "latency, logarithmic"}
	y, yTicks := latencyScale(ws)
	x, xTicks := timeScale(r.Windows)
	c.X, c.Y = xTicks, yTicks
	for _, p := range percentiles() {
		line := curve{Class: p.class, Name: p.name}
		for _, w := range ws {
			line.Dots = append(line.Dots, dot{x.at((w.From + w.To) / 2), y.at(p.of(w)),
				fmt.Sprintf("%.0f to %.0f s, %s offered a second: %s %s", w.From, w.To, rate(w.Offered), p.name, ms(p.of(w)))})
		}
		c.Lines = append(c.Lines, line.joined())
	}
	name(c.Lines)
	c.Mark = knelt(r.Saturation, x)
	last := ws[len(ws)-1]
	c.Says = fmt.Sprintf("Latency over time: median from %s to %s, 99th percentile at the end %s", ms(ws[0].P50), ms(last.P50), ms(last.P99))
	return c
}

func ratesOverTime(r *Result, ws []Window) chart {
	c := chart{ID: "rates", Title: "Logins a second", XName: "since the storm began", YName: "logins a second"}
	most := 0.0
	for _, w := range ws {
		most = max(most, w.Offered, w.Gave)
	}
	steps, end := even(most, 5)
	y := scale{0, end, high - floor, top, false}
	for _, v := range steps {
		c.Y = append(c.Y, tick{y.at(v), fmt.Sprintf("%g", round(v))})
	}
	x, xTicks := timeScale(ws)
	c.X = xTicks
	offered, gave := curve{Class: "offered", Name: "begun"}, curve{Class: "gave", Name: "at rest"}
	for _, w := range ws {
		at := x.at((w.From + w.To) / 2)
		offered.Dots = append(offered.Dots, dot{at, y.at(w.Offered), fmt.Sprintf("%.0f to %.0f s: %s meant to begin a second", w.From, w.To, rate(w.Offered))})
		gave.Dots = append(gave.Dots, dot{at, y.at(w.Gave), fmt.Sprintf("%.0f to %.0f s: %s came to rest a second", w.From, w.To, rate(w.Gave))})
		if w.Failed > 0 {
			f := y.at(float64(w.Failed) / (w.To - w.From))
			c.Bars = append(c.Bars, bar{x.at(w.From), f, round(x.at(w.To) - x.at(w.From)), round(high - floor - f), fmt.Sprintf("%.0f to %.0f s: %d failed", w.From, w.To, w.Failed)})
		}
	}
	c.Lines = []curve{offered.joined(), gave.joined()}
	name(c.Lines)
	c.Mark = knelt(r.Saturation, x)
	c.Says = fmt.Sprintf("Logins a second over time: at most %s offered, at most %s came to rest; %d failed", rate(most), rate(r.Harness.Highest), r.Logins.Failed)
	return c
}

func latencyOverRate(ws []Window) chart {
	c := chart{ID: "knee", Title: "Latency at each rate", XName: "logins offered a second", YName: "latency, logarithmic"}
	y, yTicks := latencyScale(ws)
	c.Y = yTicks
	most := slices.MaxFunc(ws, func(a, b Window) int { return int(math.Copysign(1, a.Offered-b.Offered)) }).Offered
	steps, end := even(most, 8)
	x := scale{0, end, left, wide - right, false}
	for _, v := range steps {
		c.X = append(c.X, tick{x.at(v), fmt.Sprintf("%g", round(v))})
	}
	for _, p := range percentiles() {
		line := curve{Class: p.class, Name: p.name}
		for _, w := range ws {
			line.Dots = append(line.Dots, dot{x.at(w.Offered), y.at(p.of(w)), fmt.Sprintf("%s offered a second: %s %s", rate(w.Offered), p.name, ms(p.of(w)))})
		}
		c.Lines = append(c.Lines, line)
	}
	name(c.Lines)
	c.Says = fmt.Sprintf("Latency against the rate that was offered, up to %s a second", rate(most))
	return c
}

func (c curve) joined() curve {
	var b strings.Builder
	for i, d := range c.Dots {
		cmd := "L"
		if i == 0 {
			cmd = "M"
		}
		fmt.Fprintf(&b, "%s%g %g", cmd, d.X, d.Y)
	}
	c.Path = b.String()
	return c
}

// name places the names at the lines' ends, apart from one another.
func name(lines []curve) {
	order := make([]int, len(lines))
	for i := range lines {
		order[i] = i
		lines[i].LabelY = lines[i].Dots[len(lines[i].Dots)-1].Y
	}
	slices.SortFunc(order, func(a, b int) int { return int(math.Copysign(1, lines[b].LabelY-lines[a].LabelY)) })
	at := high - floor + apart
	for _, i := range order { // from below upwards
		lines[i].LabelY = round(min(lines[i].LabelY, at-apart))
		at = lines[i].LabelY
	}
}

func knelt(s Saturation, x scale) *mark {
	if !s.Reached {
		return nil
	}
	at := x.at(s.At)
	return &mark{X: at, Text: "no longer kept up", End: at > wide*0.6}
}
