package chromium

import (
	"context"
	_ "embed" // the script that reads a page
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"example.com/samepage/samlcheck/browser"
)

const (
	// quiet is for how long a page with scripts must not change, once nothing is
	// on its way any more, to be at rest. page.js counts turns, not time: a page
	// that a busy machine does not let run does not become quiet by that.
	quiet = 100 * time.Millisecond
	// trickle is for how long more of an answer is waited for that has begun;
	// one of at most inOnePiece bytes comes at once.
	trickle    = time.Second
	inOnePiece = 8 << 10
	// willMove is how long a page is waited for that says it goes on by itself:
	// a refresh or a delayed form of up to three seconds.
	willMove = 3500 * time.Millisecond
	// world is the name under which our script runs, out of the page's reach.
	world = "samlcheck"
)

//go:embed page.js
var pageScript string

// snapshot is a page as page.js reads it.
type snapshot struct {
	Href     string      `json:"href"`
	HTML     string      `json:"html"`
	Scripted bool        `json:"scripted"`
	Restless bool        `json:"restless"` // it kept changing
	Local    [][2]string `json:"local"`
	Session  [][2]string `json:"session"`
}

func (s snapshot) drawn() browser.Drawn {
	d := browser.Drawn{HTML: s.HTML}
	for _, kv := range s.Local {
		d.Storage = append(d.Storage, browser.Stored{Where: "local", Key: kv[0], Value: kv[1]})
	}
	for _, kv := range s.Session {
		d.Storage = append(d.Storage, browser.Stored{Where: "session", Key: kv[0], Value: kv[1]})
	}
	return d
}

// look reads the page as soon as nothing is on its way any more. Whatever
// happens meanwhile makes the look worthless.
func (v *visit) look(ctx context.Context) {
	h := v.last()
	if h == nil || v.looking || v.looked == v.work || v.waits() || !h.answered || v.committed != h.id || v.loaded != h.id {
		return
	}
	v.looking, v.looked = true, v.work
	work, most := v.work, time.Until(h.ended.Add(v.b.c.opt.Settle))
	go func() {
		s, err := v.tab.read(ctx, quiet, max(most, quiet))
		v.tab.push(lookedAt{work, s, err})
	}()
}

// waits says whether something is on its way that keeps the page from being at
// rest.
func (v *visit) waits() bool {
	some, _ := v.pending()
	return len(some) > 0
}

// read runs page.js in a world of its own.
func (t *tab) read(ctx context.Context, quiet, most time.Duration) (snapshot, error) {
	var s snapshot
	err := t.run(ctx, fmt.Sprintf("(%s)(%d, %d)", pageScript, quiet.Milliseconds(), most.Milliseconds()), &s)
	return s, err
}

// run evaluates an expression in our own world of the page.
func (t *tab) run(ctx context.Context, expression string, into any) error {
	w, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: t.frame, WorldName: world})
	if err != nil {
		return err
	}
	yes := true
	got, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, ContextID: w.ExecutionContextID, ReturnByValue: &yes, AwaitPromise: &yes,
	})
	switch {
	case err != nil:
		return err
	case got.ExceptionDetails != nil:
		return fmt.Errorf("the page cannot be read: %s", got.ExceptionDetails.Text)
	case into == nil:
		return nil
	case got.Result == nil:
		return errors.New("the page cannot be read: nothing came back")
	}
	return json.Unmarshal(got.Result.Value, into)
}

// seen takes a look, unless something happened meanwhile.
func (v *visit) seen(ctx context.Context, e lookedAt) {
	v.looking = false
	h := v.last()
	if e.work != v.work || h == nil {
		return
	}
	if e.err != nil {
		// A page that was left while it was read says so by what comes next. One
		// that really cannot be read is told by the deadline.
		return
	}
	if e.s.Restless {
		h.Error = browser.NeverSettled + v.unsettled()
		v.done = true
		return
	}
	v.rest = &e.s
	switch because := v.movesBy(h, e.s); {
	case because == "fill":
		v.fillIn(ctx)
	case because == "":
		v.done = true
	case because == "form" && !e.s.Scripted:
		v.goOn(ctx)
	case v.await.IsZero():
		v.await = time.Now().Add(willMove)
	}
}

// movesBy says by what the page goes on by itself: form, refresh, or "" where
// it rests.
func (v *visit) movesBy(h *hop, s snapshot) string {
	u, err := url.Parse(s.Href)
	if err != nil || v.pushed || h.header == nil {
		return ""
	}
	head := http.Header{"Content-Type": {"text/html"}, "Refresh": h.header.Values("Refresh")}
	m, err := browser.Next(browser.Answer{URL: u, Method: http.MethodGet, Status: http.StatusOK, Header: head, Body: []byte(s.HTML), Fill: v.toFill(h)})
	switch {
	case err != nil || m == nil:
		return ""
	case m.Filled:
		return "fill"
	}
	return m.Because
}

// goOn presses the button of a page that holds a SAML message and does not
// send it: that is all a person could do there. Any other page rests.
func (v *visit) goOn(ctx context.Context) {
	v.await, v.pushed = time.Time{}, true
	go func() {
		var pressed bool
		err := v.tab.run(ctx, pressScript, &pressed)
		if err == nil && pressed {
			return // the form's request tells the rest
		}
		v.tab.push(settled{})
	}()
}

const pressScript = `(() => {
	for (const f of document.forms) {
		for (const i of f.querySelectorAll("input[type=hidden]")) {
			if ((i.name === "SAMLRequest" || i.name === "SAMLResponse") && i.value) { HTMLFormElement.prototype.submit.call(f); return true }
		}
	}
	return false
})()`
