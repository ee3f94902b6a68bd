package chromium

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// visit is one navigation, until it rests. Its state is touched by one
// goroutine only; what others do for it comes back as events.
type visit struct {
	b     *Browser
	tab   *tab
	r     browser.Request
	start start
	first string // origin of the first address: where extra headers go

	fill map[string]string // what is still to be written into a form

	hops   []*hop
	extras map[network.RequestID]*extras

	launched  bool // our own page has been served, or there is none
	reason    page.ClientNavigationReason
	committed network.RequestID // whose document is shown
	loaded    network.RequestID // whose document has loaded
	open      map[network.RequestID]request

	work    int // counts what happened; a look that was overtaken says nothing
	looked  int // the work that was looked at
	looking bool
	await   time.Time // a page that says it will go on by itself is waited for until then
	pushed  bool      // its form was sent by us
	again   bool      // it is looked at once more when await is over
	rest    *snapshot
	done    bool
}

// request is one of a page's own that has not ended.
type request struct {
	loader cdp.LoaderID
	method string
	url    string
	script bool // made by a script: worth noting
	noted  bool
	idle   time.Time // when its answer, which has begun, does not matter any more; zero: it has not
}

// What other goroutines report.
type (
	opened   struct{ err error }
	answered struct {
		h    *hop
		a    answer
		last bool // nothing more comes of it
	}
	lookedAt struct {
		work int
		s    snapshot
		err  error
	}
	settled struct{} // there was nothing to press
	pressed struct{} // a form was filled in and sent
)

func internal(e any) bool {
	switch e.(type) {
	case opened, answered, lookedAt, settled, pressed:
		return true
	}
	return false
}

func newVisit(b *Browser, r browser.Request, s start) *visit {
	return &visit{
		b: b, tab: b.tab, r: r, start: s, fill: r.Fill, first: origin(s.url), launched: s.launch == "",
		extras: map[network.RequestID]*extras{}, open: map[network.RequestID]request{},
	}
}

func (v *visit) last() *hop {
	if len(v.hops) == 0 {
		return nil
	}
	return v.hops[len(v.hops)-1]
}

// run opens the first address and follows what happens until the page rests.
func (v *visit) run(ctx context.Context) error {
	at := v.r.URL
	if !v.launched {
		at = v.start.launch
	}
	go func() {
		v.tab.push(opened{do(ctx, page.Navigate, page.NavigateParams{URL: at})})
	}()
	began := time.Now()
	for {
		for _, e := range v.tab.taken() {
			if err := v.handle(ctx, e); err != nil {
				return v.b.alive(err)
			}
		}
		if v.done {
			return nil
		}
		v.look(ctx)
		at := v.deadline(began)
		timer := time.NewTimer(time.Until(at))
		select {
		case <-v.tab.news:
		case <-timer.C:
			v.late(ctx, began)
		case <-ctx.Done():
			timer.Stop()
			return v.b.alive(ctx.Err())
		}
		timer.Stop()
		if v.done {
			return nil
		}
	}
}

func (v *visit) handle(ctx context.Context, e any) error {
	switch e := e.(type) {
	case *fetch.EventRequestPaused:
		v.paused(ctx, e)
	case *page.EventFrameRequestedNavigation:
		if e.FrameID == v.tab.frame {
			v.reason = e.Reason
			v.work++
		}
	case *page.EventFrameNavigated:
		v.navigated(e)
	case *page.EventLifecycleEvent:
		if e.FrameID == v.tab.frame && e.Name == "load" {
			v.loaded = network.RequestID(e.LoaderID)
			v.work++
		}
	case *fetch.EventAuthRequired: // nobody is here to type a password
		go func() {
			_ = do(ctx, fetch.ContinueWithAuth, fetch.ContinueWithAuthParams{
				RequestID: e.RequestID, AuthChallengeResponse: &fetch.AuthChallengeResponse{Response: fetch.AuthChallengeResponseResponseCancelAuth},
			}) // a request that is gone needs nothing
		}()
	case *page.EventJavascriptDialogOpening:
		go answerDialog(ctx, e)
	case answered:
		v.answered(ctx, e)
	case lookedAt:
		v.seen(ctx, e)
	case settled:
		v.done = true
	case pressed:
		v.await, v.again = time.Now().Add(afterPress), true
	case opened:
		return e.err
	default:
		v.traffic(e)
	}
	return nil
}

// navigated: a new document is shown, and what the old one still wanted does
// not matter any more.
func (v *visit) navigated(e *page.EventFrameNavigated) {
	if e.Frame.ID != v.tab.frame || e.Frame.ParentID != "" {
		return
	}
	v.work++
	v.committed = network.RequestID(e.Frame.LoaderID)
	for id, r := range v.open {
		if r.loader != e.Frame.LoaderID {
			delete(v.open, id)
		}
	}
}

// deadline is when something has taken too long.
func (v *visit) deadline(began time.Time) time.Time {
	o, h := v.b.c.opt, v.last()
	switch {
	case h == nil:
		return began.Add(o.HopTimeout)
	case !h.answered || h.body == nil && !h.bodyless:
		return h.began.Add(o.HopTimeout)
	case !v.await.IsZero():
		return v.await
	}
	rest := h.ended.Add(o.Settle)
	if _, until := v.pending(); !until.IsZero() && until.Before(rest) {
		return until
	}
	return rest
}

// late says what has taken too long.
func (v *visit) late(ctx context.Context, began time.Time) {
	o, h := v.b.c.opt, v.last()
	if time.Now().Before(v.deadline(began)) {
		return
	}
	switch {
	case h == nil:
		h = v.append(v.start.url, v.r.Method, "start")
		h.Error = browser.NoAnswer + o.HopTimeout.String()
	case !h.answered:
		h.Error = browser.NoAnswer + o.HopTimeout.String()
	case h.body == nil && !h.bodyless:
		h.Error = fmt.Sprintf("%s%v: the answer had begun", browser.NoAnswer, o.HopTimeout)
	case v.again:
		v.await, v.again = time.Time{}, false
		v.work++
		return
	case !v.await.IsZero():
		v.goOn(ctx)
		return
	default:
		h.Error = browser.NeverSettled + v.unsettled()
	}
	v.done = true
	_ = do(ctx, page.StopLoading, cdp.Empty{}) // what is left of it is left anyway
}

// unsettled says what a page was still doing.
func (v *visit) unsettled() string {
	o := v.b.c.opt
	if some, _ := v.pending(); len(some) > 0 {
		return fmt.Sprintf("%d requests of the page had no end within %v, one of them to %s", len(some), o.Settle, browser.CutURL(some[0].url))
	}
	if v.loaded != v.last().id {
		return fmt.Sprintf("the page had not loaded within %v", o.Settle)
	}
	return fmt.Sprintf("the page kept changing for %v", o.Settle)
}

// append begins a hop.
func (v *visit) append(at interface{ String() string }, method, because string) *hop {
	if method == "" {
		method = "GET"
	}
	h := &hop{Hop: transcript.Hop{Method: method, URL: at.String(), Because: because}, began: time.Now()}
	v.hops = append(v.hops, h)
	v.await, v.again, v.pushed, v.rest = time.Time{}, false, false, nil
	v.work++
	return h
}
