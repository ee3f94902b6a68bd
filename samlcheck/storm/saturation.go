package storm

import (
	"fmt"
	"slices"
)

// Window is a stretch of the storm: the logins that were meant to begin in it.
// Rates are logins a second, latencies milliseconds.
type Window struct {
	From    float64 `json:"from_s"`
	To      float64 `json:"to_s"`
	Logins  int     `json:"logins"` // meant to begin in it
	Rested  int     `json:"rested"` // of them, those that came to rest on a page
	Failed  int     `json:"failed"`
	Offered float64 `json:"offered"`
	Gave    float64 `json:"gave"`   // logins that came to rest in it, whenever they began
	P50     float64 `json:"p50_ms"` // from the intended start
	P95     float64 `json:"p95_ms"`
	P99     float64 `json:"p99_ms"`
	Service float64 `json:"service_p50_ms"` // from the real start
	Busy    int     `json:"busy"`           // most logins under way at once
	CPU     float64 `json:"cpu"`            // processors that this process kept busy
}

// Limit is what gave in first.
type Limit string

// Limits.
const (
	NoLimit   Limit = ""                 // nothing did, at this load
	BySP      Limit = "service provider" // its answers took longer, or did not come
	ByWorkers Limit = "workers"          // all workers were busy while answers took no longer
	ByHarness Limit = "harness"          // this process had no processor left
	NotJudged Limit = "not judged"       // too short a storm to say
)

// Saturation is the point from which the service provider no longer kept up.
type Saturation struct {
	Reached bool    `json:"reached"`
	Limit   Limit   `json:"limit"`
	Held    float64 `json:"held"`           // the highest rate offered before it, in logins a second; the highest at all where it was not reached
	Gave    float64 `json:"gave,omitempty"` // what came to rest a second from there on
	At      float64 `json:"at_s,omitempty"` // when, in seconds
	Because string  `json:"because"`
}

// What counts as not keeping up.
const (
	takesOff  = 3.0  // times the median of the quietest window
	andMore   = 20.0 // milliseconds, at least
	rising    = 1.5  // times: with a shortfall
	shortfall = 0.9  // of what was offered
	failing   = 0.1  // of the logins failed
	enough    = 5    // windows, to judge at all
	lasting   = 3    // windows in a row to the end, to call it more than a hiccup
	mostGood  = 0.25 // of the windows from there on
	noCPULeft = 0.85 // of the processors
)

// sign is why a window counts as not keeping up.
type sign string

const (
	well  sign = ""
	slow  sign = "latency took off"
	lags  sign = "fewer logins came to rest than began"
	fails sign = "logins failed"
)

func (w Window) sign(quietest float64) sign {
	switch {
	case w.Failed >= 2 && float64(w.Failed) >= failing*float64(w.Logins):
		return fails
	case w.Rested == 0:
		return well // nothing to go by
	case w.P50 >= takesOff*quietest && w.P50 >= quietest+andMore:
		return slow
	case w.Gave < shortfall*w.Offered && w.P50 >= rising*quietest && w.P50 >= quietest+andMore/2:
		return lags
	}
	return well
}

// Saturate finds the saturation point in a storm's windows: the first from which
// nearly all, to the end, show latency that took off, or fewer logins that came
// to rest than began, or failures. A stretch that recovers is a hiccup. Latency
// is measured against the quietest window, because the first ones may pay for
// cold caches.
func Saturate(ws []Window, workers, cores int) Saturation {
	if len(ws) < enough {
		return Saturation{Limit: NotJudged, Because: fmt.Sprintf("%d windows of the storm are too few to see a point: send more logins, or let the ramp take longer", len(ws))}
	}
	quietest, answers := quietest(ws)
	signs := make([]sign, len(ws))
	for i, w := range ws {
		signs[i] = w.sign(quietest)
	}
	k := knee(ws, signs)
	if k < 0 {
		return unreached(ws, signs, quietest)
	}
	after := ws[k:]
	out := Saturation{Reached: true, Limit: BySP, At: ws[k].From, Gave: median(after, func(w Window) float64 { return w.Gave })}
	for _, w := range ws[:k] {
		out.Held = max(out.Held, w.Offered)
	}
	held := fmt.Sprintf("up to %s logins a second it kept up", rate(out.Held))
	if k == 0 {
		held = "it never kept up"
	}
	p50 := median(after, func(w Window) float64 { return w.P50 })
	out.Because = fmt.Sprintf("%s; from %.0f s on %s (median %s in place of %s, %s a second in place of %s)", held, out.At, told(signs[k:]),
		ms(p50), ms(quietest), rate(out.Gave), rate(median(after, func(w Window) float64 { return w.Offered })))
	out.blame(after, answers, workers, cores)
	return out
}

// blame says whether it was not the service provider at all.
func (s *Saturation) blame(after []Window, answers float64, workers, cores int) {
	failed := 0
	for _, w := range after {
		failed += w.Failed
	}
	cpu := median(after, func(w Window) float64 { return w.CPU })
	service := median(after, func(w Window) float64 { return w.Service })
	busy := median(after, func(w Window) float64 { return float64(w.Busy) })
	switch {
	case failed > 0:
	case cores > 0 && cpu >= noCPULeft*float64(cores):
		s.Limit, s.Because = ByHarness, s.Because+fmt.Sprintf(". This process used %.1f of %d processors: the limit was here, not there", cpu, cores)
	case busy >= float64(workers) && service < rising*max(answers, 1):
		s.Limit, s.Because = ByWorkers, s.Because+fmt.Sprintf(". All %d workers were busy while the answers themselves took no longer (%s): the limit was here; more workers would show more", workers, ms(service))
	}
}

// quietest is the lowest median latency of any window, and of the answers themselves.
func quietest(ws []Window) (latency, service float64) {
	for _, w := range ws {
		if w.Rested > 0 && (latency == 0 || w.P50 < latency) {
			latency = w.P50
		}
		if w.Rested > 0 && (service == 0 || w.Service < service) {
			service = w.Service
		}
	}
	return latency, service
}

// knee is the first window from which it does not recover; -1 for none. A window
// that was well at a rate clearly above what had been held shows that the point
// lies further on.
func knee(ws []Window, signs []sign) int {
	held := 0.0
	for k := range signs {
		rest := signs[k:]
		if len(rest) < lasting {
			return -1
		}
		good, higher := 0, false
		for i, s := range rest {
			if s == well {
				good++
				higher = higher || ws[k+i].Offered > held*(1+(1-shortfall))
			}
		}
		if rest[0] != well && rest[1] != well && rest[len(rest)-1] != well && !higher && float64(good) <= mostGood*float64(len(rest)) {
			return k
		}
		held = max(held, ws[k].Offered)
	}
	return -1
}

func unreached(ws []Window, signs []sign, quietest float64) Saturation {
	top := slices.MaxFunc(ws, func(a, b Window) int {
		switch {
		case a.Offered < b.Offered:
			return -1
		case a.Offered > b.Offered:
			return 1
		}
		return 0
	})
	out := Saturation{Held: top.Offered}
	out.Because = fmt.Sprintf("not reached: at %s logins a second, the most that was offered, the median was %s (%s in the quietest window)",
		rate(top.Offered), ms(top.P50), ms(quietest))
	bad := 0
	for _, s := range signs {
		if s != well {
			bad++
		}
	}
	if bad > 0 {
		out.Because += fmt.Sprintf("; it fell behind in %d of %d windows, and not for good (%s)", bad, len(ws), told(signs))
	}
	return out
}

// told names the signs, the most frequent first.
func told(signs []sign) string {
	n := map[sign]int{}
	for _, s := range signs {
		n[s]++
	}
	all := []sign{slow, lags, fails}
	slices.SortStableFunc(all, func(a, b sign) int { return n[b] - n[a] })
	out := string(all[0])
	for _, s := range all[1:] {
		if n[s] > 0 {
			out += ", " + string(s)
		}
	}
	return out
}

func median(ws []Window, of func(Window) float64) float64 {
	vs := make([]float64, 0, len(ws))
	for _, w := range ws {
		vs = append(vs, of(w))
	}
	slices.Sort(vs)
	if len(vs) == 0 {
		return 0
	}
	return vs[len(vs)/2]
}

// rate is a rate as people read it.
func rate(r float64) string {
	if r >= 100 {
		return fmt.Sprintf("%.0f", r)
	}
	return fmt.Sprintf("%.1f", r)
}

// ms is a latency as people read it.
func ms(v float64) string {
	switch {
	case v >= 10_000:
		return fmt.Sprintf("%.1f s", v/1000)
	case v >= 1000:
		return fmt.Sprintf("%.2f s", v/1000)
	case v >= 100:
		return fmt.Sprintf("%.0f ms", v)
	}
	return fmt.Sprintf("%.1f ms", v)
}
