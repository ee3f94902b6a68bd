package storm

import (
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Latencies are kept in microseconds, up to an hour, with three digits over all
// and two in a window.
const (
	longest       = int64(time.Hour / time.Microsecond)
	digits        = 3
	digitsWindow  = 2
	microsInMilli = 1000.0 // microseconds in a millisecond
)

// recorder gathers what came of the logins. It is safe for concurrent use.
type recorder struct {
	mu       sync.Mutex
	spans    []span
	windows  []bucket
	latency  *hdrhistogram.Histogram // of logins that came to rest, from the intended start
	service  *hdrhistogram.Histogram // of the same, from the real start
	kinds    map[Kind]*failures
	places   map[Place]*resting
	likes    map[Like]int
	started  int
	done     int // that ended, well or not
	failed   int
	cut      int // that we ended
	quiet    int // logins in a row that got no answer at all
	busy     int
	last     int // the highest number that was started
	lastEnd  time.Duration
	lastGone int // completions after the last window
}

// bucket is one window while it fills.
type bucket struct {
	latency, service *hdrhistogram.Histogram
	failed, ended    int // of the logins meant to begin in it; and logins that came to rest in it, whenever they began
	busy             int // most under way at once
	cpu              time.Duration
}

type failures struct {
	n      int
	first  time.Duration // intended start of the first
	detail string
}

type resting struct {
	n    int
	like Like
}

func newRecorder(spans []span) *recorder {
	r := &recorder{
		spans: spans, windows: make([]bucket, len(spans)), last: -1,
		latency: hdrhistogram.New(1, longest, digits), service: hdrhistogram.New(1, longest, digits),
		kinds: map[Kind]*failures{}, places: map[Place]*resting{}, likes: map[Like]int{},
	}
	for i := range r.windows {
		r.windows[i].latency = hdrhistogram.New(1, longest, digitsWindow)
		r.windows[i].service = hdrhistogram.New(1, longest, digitsWindow)
	}
	return r
}

// at finds the window of a moment; the last one when it is over.
func (r *recorder) at(d time.Duration) int {
	lo, hi := 0, len(r.spans)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if r.spans[mid].end <= d {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// begin counts a login in.
func (r *recorder) begin(n int, at time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started++
	r.busy++
	r.last = max(r.last, n)
	w := &r.windows[r.at(at)]
	w.busy = max(w.busy, r.busy)
}

// end counts a login out. It returns how many in a row got no answer at all.
func (r *recorder) end(o outcome, start time.Time) (quiet int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy--
	if o.kind == interrupted {
		r.cut++
		return r.quiet
	}
	r.done++
	intended, ended := o.intended.Sub(start), o.ended.Sub(start)
	r.lastEnd = max(r.lastEnd, ended)
	w := &r.windows[r.at(intended)]
	if o.kind != "" {
		r.failed++
		w.failed++
		f := r.kinds[o.kind]
		if f == nil {
			f = &failures{first: intended, detail: o.detail}
			r.kinds[o.kind] = f
		}
		f.n++
	}
	r.quiet++
	if !o.kind.silent() {
		r.quiet = 0
	}
	if o.place.Status != 0 {
		p := r.places[o.place]
		if p == nil && len(r.places) < mostPlaces {
			p = &resting{like: o.like}
			r.places[o.place] = p
		}
		if p != nil {
			p.n++
		}
	}
	if o.kind != "" && o.kind != RefusedLogin {
		return r.quiet
	}
	r.likes[o.like]++
	r.timed(w, o, ended)
	return r.quiet
}

// mostPlaces bounds what is kept where every login has an address of its own.
const mostPlaces = 200

func (r *recorder) timed(w *bucket, o outcome, ended time.Duration) {
	latency, service := micros(o.ended.Sub(o.intended)), micros(o.ended.Sub(o.began))
	for _, h := range []*hdrhistogram.Histogram{r.latency, w.latency} {
		_ = h.RecordValue(latency) // bounded by micros
	}
	for _, h := range []*hdrhistogram.Histogram{r.service, w.service} {
		_ = h.RecordValue(service)
	}
	if ended < r.spans[len(r.spans)-1].end {
		r.windows[r.at(ended)].ended++
	} else {
		r.lastGone++
	}
}

func micros(d time.Duration) int64 { return min(max(d.Microseconds(), 1), longest) }

func millis(us int64) float64 { return float64(us) / microsInMilli }

// window is one window as the judge and the report see it.
func (r *recorder) window(i int) Window {
	s, b := r.spans[i], &r.windows[i]
	long := (s.end - s.begin).Seconds()
	w := Window{
		From: s.begin.Seconds(), To: s.end.Seconds(), Logins: s.to - s.from, Failed: b.failed, Busy: b.busy,
		Offered: float64(s.to-s.from) / long, Gave: float64(b.ended) / long, CPU: b.cpu.Seconds() / long,
		Rested: int(b.latency.TotalCount()),
	}
	if w.Rested > 0 {
		w.P50, w.P95, w.P99 = millis(b.latency.ValueAtQuantile(50)), millis(b.latency.ValueAtQuantile(95)), millis(b.latency.ValueAtQuantile(99))
		w.Service = millis(b.service.ValueAtQuantile(50))
	}
	return w
}

// progress is how far it is, when window i has ended.
func (r *recorder) progress(i int, cpu time.Duration) Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.windows[i].cpu = cpu
	w := r.window(i)
	ms := func(f float64) time.Duration { return time.Duration(f * float64(time.Millisecond)) }
	return Progress{
		At: r.spans[i].end, Done: r.done, Of: r.spans[len(r.spans)-1].to, Offered: w.Offered, Gave: w.Gave,
		P50: ms(w.P50), P95: ms(w.P95), P99: ms(w.P99), Failed: r.failed, Busy: r.busy,
	}
}

// summary of a histogram, in milliseconds.
func summary(h *hdrhistogram.Histogram) Latency {
	if h.TotalCount() == 0 {
		return Latency{}
	}
	at := func(q float64) float64 { return millis(h.ValueAtQuantile(q)) }
	return Latency{
		Logins: int(h.TotalCount()), Mean: h.Mean() / microsInMilli, P50: at(50), P90: at(90), P95: at(95), P99: at(99), P999: at(99.9),
		Max: millis(h.Max()),
	}
}
