package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"example.com/samepage/samlcheck/suite"
)

// progress is a bar for each face on a terminal, and a few plain lines
// elsewhere: a CI log wants to see that something goes on, not every login.
func (a *app) progress() func(suite.Event) {
	if a.quiet {
		return nil
	}
	if isTerminal(a.err) {
		a.bars = newBars(a.err, time.Now)
		return a.bars.tell
	}
	return plainly(a.err, time.Now)
}

// plainly says about twenty times how far it is.
func plainly(w io.Writer, now func() time.Time) func(suite.Event) {
	const times = 20
	left := countdown{now: now}
	return func(e suite.Event) {
		words := left.words(e)
		if e.Done%max(times, (e.Of/times+times-1)/times*times) == 0 {
			fmt.Fprintf(w, "%s: %d of %d: %s%s\n", e.Face, e.Done+1, e.Of, e.Trial, words)
		}
	}
}

// countdown guesses how long one face's trials take yet, from those done.
type countdown struct {
	now   func() time.Time
	face  string
	of    int
	began time.Time
}

// words are ", about 40s left"; "" while too few trials are done to say.
func (c *countdown) words(e suite.Event) string {
	if c.face != e.Face || c.of != e.Of || e.Done == 0 {
		c.face, c.of, c.began = e.Face, e.Of, c.now()
	}
	const enough = 10
	if e.Done < enough {
		return ""
	}
	left := c.now().Sub(c.began) * time.Duration(e.Of-e.Done) / time.Duration(e.Done)
	if left < time.Second {
		return ""
	}
	return ", about " + left.Round(time.Second).String() + " left"
}

// bars draws a bar for the face at work. It draws only when told something:
// nothing moves while a person is asked a question on the same terminal.
type bars struct {
	out  *mpb.Progress
	draw chan any
	left countdown
	face string
	bar  *mpb.Bar
	said atomic.Pointer[string] // behind the bar: the trial, and how long it takes yet
}

func newBars(w io.Writer, now func() time.Time, o ...mpb.ContainerOption) *bars {
	b := &bars{draw: make(chan any), left: countdown{now: now}}
	b.out = mpb.New(append(o, mpb.WithOutput(w), mpb.WithManualRefresh(b.draw), mpb.WithWidth(40))...)
	return b
}

func (b *bars) tell(e suite.Event) {
	words := " " + e.Trial + b.left.words(e)
	b.said.Store(&words)
	if b.bar == nil || b.face != e.Face {
		b.clear()
		b.face, b.bar = e.Face, b.add(e)
	}
	b.bar.SetTotal(int64(e.Of), false)
	b.bar.SetCurrent(int64(e.Done))
	b.draw <- struct{}{}
}

func (b *bars) add(e suite.Event) *mpb.Bar {
	return b.out.New(int64(e.Of), mpb.BarStyle().Lbound("[").Filler("=").Tip(">").Padding(" ").Rbound("]"),
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(e.Face+" "), decor.CountersNoUnit("%d/%d ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return *b.said.Load() })),
	)
}

// clear takes the bar away.
func (b *bars) clear() {
	if b.bar != nil {
		b.bar.Abort(true)
		b.bar.Wait()
		b.bar = nil
	}
}

// end takes everything away that was drawn.
func (b *bars) end() {
	b.clear()
	b.out.Shutdown()
}

// endProgress clears what moves.
func (a *app) endProgress() {
	if a.bars != nil {
		a.bars.end()
		a.bars = nil
	}
}
