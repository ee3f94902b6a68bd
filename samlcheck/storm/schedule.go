package storm

import (
	"math"
	"sync"
	"time"
)

// Schedule says when each login is meant to begin: the rate rises evenly from
// nothing during the ramp, and then stays.
type Schedule struct {
	Logins int
	Rate   float64 // a second
	Ramp   time.Duration
}

// At is the intended start of the n-th login (from 0), since the beginning. It
// is where the area under the rate reaches n.
func (s Schedule) At(n int) time.Duration {
	ramp := s.Ramp.Seconds()
	inRamp := s.Rate * ramp / 2 // logins that begin during the ramp
	at := ramp/2 + float64(n)/s.Rate
	if float64(n) < inRamp {
		at = math.Sqrt(2 * float64(n) * ramp / s.Rate)
	}
	return time.Duration(at * float64(time.Second))
}

// Lasts is how long the schedule takes: until one more login would begin.
func (s Schedule) Lasts() time.Duration { return s.At(s.Logins) }

// A span is a stretch of the schedule: logins From to To (not To itself), which
// begin between two moments.
type span struct {
	from, to   int
	begin, end time.Duration
}

const (
	shortest   = time.Second // of a window
	fewest     = 10          // logins in it: percentiles of fewer say nothing
	mostSpans  = 120
	tailOfSpan = 3 // a last window of less than a third of that joins the one before
)

// spans cuts the schedule into windows that are long enough to speak of a rate
// and full enough to speak of percentiles.
func (s Schedule) spans() []span {
	width := max(shortest, s.Lasts()/mostSpans)
	few := max(fewest, s.Logins/mostSpans)
	var out []span
	for from := 0; from < s.Logins; {
		at := span{from: from, begin: s.At(from)}
		to := min(from+few, s.Logins)
		for to < s.Logins && s.At(to)-at.begin < width {
			to++
		}
		at.to, at.end = to, s.At(to)
		if n := len(out); n > 0 && (at.to-at.from)*tailOfSpan < few {
			out[n-1].to, out[n-1].end = at.to, at.end
		} else {
			out = append(out, at)
		}
		from = to
	}
	return out
}

// pace keeps real starts apart, so that a service provider that stalled is not
// met by everything that was due meanwhile at once. It is safe for concurrent use.
type pace struct {
	apart time.Duration

	mu   sync.Mutex
	free time.Time // when the next may begin
}

func newPace(ceiling float64) *pace {
	return &pace{apart: time.Duration(float64(time.Second) / ceiling)}
}

// reserve takes the next start that is free, now or later.
func (p *pace) reserve(now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := now
	if p.free.After(at) {
		at = p.free
	}
	p.free = at.Add(p.apart)
	return at
}
