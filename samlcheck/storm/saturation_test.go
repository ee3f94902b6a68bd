package storm

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// ramped are windows of a second at 10, 20, ... logins a second that all go
// well at 20 ms; change makes of them what a case needs.
func ramped(n int, change func(i int, w *Window)) []Window {
	ws := make([]Window, n)
	for i := range ws {
		r := float64(10 * (i + 1))
		ws[i] = Window{From: float64(i), To: float64(i + 1), Logins: int(r), Rested: int(r), Offered: r, Gave: r, P50: 20, P95: 30, P99: 40, Service: 20, Busy: 2, CPU: 0.2}
		if change != nil {
			change(i, &ws[i])
		}
	}
	return ws
}

func TestSaturation(t *testing.T) {
	t.Parallel()
	from := func(k int, f func(*Window)) func(int, *Window) {
		return func(i int, w *Window) {
			if i >= k {
				f(w)
			}
		}
	}
	for name, c := range map[string]struct {
		ws      []Window
		reached bool
		limit   Limit
		held    float64
		words   string
	}{
		"it keeps up":    {ramped(10, nil), false, NoLimit, 100, "not reached: at 100 logins a second"},
		"too short":      {ramped(4, nil), false, NotJudged, 0, "too few"},
		"nothing":        {nil, false, NotJudged, 0, "too few"},
		"latency":        {ramped(10, from(6, func(w *Window) { w.P50, w.Service = 90, 90 })), true, BySP, 60, "latency took off"},
		"not by much":    {ramped(10, from(6, func(w *Window) { w.P50 = 39 })), false, NoLimit, 100, "39.0 ms"},
		"shortfall":      {ramped(10, from(6, func(w *Window) { w.P50, w.Service, w.Gave = 35, 35, 60 })), true, BySP, 60, "fewer logins came to rest than began"},
		"late, not less": {ramped(10, from(0, func(w *Window) { w.Gave -= 8 })), false, NoLimit, 100, "not reached"},
		"failures":       {ramped(10, from(5, func(w *Window) { w.Failed = w.Logins / 4 })), true, BySP, 50, "logins failed"},
		"one failure":    {ramped(10, from(9, func(w *Window) { w.Failed = 1 })), false, NoLimit, 100, "not reached"},
		"from the first": {ramped(10, func(_ int, w *Window) { w.Failed = w.Logins }), true, BySP, 0, "it never kept up"},
		"a hiccup": {ramped(10, func(i int, w *Window) {
			if i == 4 || i == 5 {
				w.P50 = 500
			}
		}), false, NoLimit, 100, "fell behind in 2 of 10 windows, and not for good"},
		"a hiccup, then the point": {ramped(12, func(i int, w *Window) {
			if i == 3 || i >= 8 {
				w.P50, w.Service = 500, 500
			}
		}), true, BySP, 80, "latency took off"},
		"cold at first": {ramped(10, func(i int, w *Window) {
			if i < 2 {
				w.P50 = 700
			}
		}), false, NoLimit, 100, "and not for good"},
		"the end alone": {ramped(10, from(8, func(w *Window) { w.P50 = 500 })), false, NoLimit, 100, "not reached"},
		"workers": {ramped(10, from(6, func(w *Window) { w.P50, w.Gave, w.Busy = 300, 60, 4 })), true, ByWorkers, 60,
			"All 4 workers were busy while the answers themselves took no longer"},
		"workers, and slow answers": {ramped(10, from(6, func(w *Window) { w.P50, w.Gave, w.Busy, w.Service = 300, 60, 4, 80 })), true, BySP, 60, "latency took off"},
		"this machine":              {ramped(10, from(6, func(w *Window) { w.P50, w.Service, w.CPU = 300, 200, 1.9 })), true, ByHarness, 60, "the limit was here, not there"},
		"nobody rests":              {ramped(10, from(5, func(w *Window) { w.Failed, w.Rested, w.P50, w.Gave = w.Logins, 0, 0, 0 })), true, BySP, 50, "logins failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := Saturate(c.ws, 4, 2)
			assert.Equal(t, c.reached, s.Reached, s.Because)
			assert.Equal(t, c.limit, s.Limit, s.Because)
			assert.InDelta(t, c.held, s.Held, 1e-9, s.Because)
			assert.Contains(t, s.Because, c.words)
		})
	}
}
