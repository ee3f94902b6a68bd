package bundle

import (
	"strings"
	"sync"
)

// tally is what was done to one text.
type tally []tallied

type tallied struct {
	rule string
	from string // the name that was replaced; "" of what was cut
	n    int
}

func (t *tally) add(rule, from string, n int) { *t = append(*t, tallied{rule, from, n}) }

// done are the texts that were redacted already, with what came of them. What is
// to be hidden does not change while a redactor lives.
type done struct {
	mu sync.Mutex
	of map[string]redacted
}

type redacted struct {
	out   string
	tally tally
}

// Bounds of what is remembered: a run's addresses, titles and lines of pages, of
// which there are few that are different.
const (
	longestDone = 1 << 10 // bytes
	mostDone    = 1 << 15 // texts
)

func (d *done) get(s string) (string, tally, bool) {
	if len(s) > longestDone {
		return "", nil, false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	x, ok := d.of[s]
	return x.out, x.tally, ok
}

func (d *done) put(s, out string, t tally) {
	if len(s) > longestDone {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of == nil {
		d.of = map[string]redacted{}
	}
	if len(d.of) >= mostDone {
		return
	}
	own := strings.Clone(s) // a piece of a page would keep the whole page
	if out == s {
		out = own
	}
	d.of[own] = redacted{out, t}
}
