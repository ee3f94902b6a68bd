package chromium

import (
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// traffic follows what Chromium's network code and the page's console tell.
func (v *visit) traffic(e any) {
	switch e := e.(type) {
	case *network.EventRequestWillBeSent:
		v.begun(e)
	case *network.EventResponseReceived:
		v.begins(e)
	case *network.EventDataReceived:
		if r, ok := v.open[e.RequestID]; ok && !r.idle.IsZero() {
			r.idle = time.Now().Add(trickle)
			v.open[e.RequestID] = r
		}
	case *network.EventLoadingFinished:
		v.ended(e.RequestID)
	case *network.EventLoadingFailed:
		v.broke(e)
	case *network.EventRequestWillBeSentExtraInfo:
		x := v.of(e.RequestID)
		x.sent = append(x.sent, e)
	case *network.EventResponseReceivedExtraInfo:
		x := v.of(e.RequestID)
		x.got = append(x.got, e)
	default:
		if text := complaintOf(e); text != "" {
			if h := v.last(); h != nil {
				browser.AddConsole(&h.Hop, text)
			}
		}
	}
}

// begun notes a page's own request. An event stream, a socket, a ping and a
// picture never keep a page from being at rest.
func (v *visit) begun(e *network.EventRequestWillBeSent) {
	switch e.Type {
	case network.ResourceTypeXHR, network.ResourceTypeFetch, network.ResourceTypeScript, network.ResourceTypeStylesheet, network.ResourceTypeDocument:
	default:
		return
	}
	if e.FrameID == v.tab.frame && e.Type == network.ResourceTypeDocument {
		return // the navigation itself
	}
	script := e.Type == network.ResourceTypeXHR || e.Type == network.ResourceTypeFetch
	v.open[e.RequestID] = request{e.LoaderID, e.Request.Method, e.Request.URL + e.Request.URLFragment, script, false, time.Time{}}
	v.work++
}

// begins notes that the answer to a script's request has begun. Chromium tells
// that it has ended only once the script has read it, and a script that looks
// at the status alone never does: from then on the request keeps the page from
// being at rest only while more of the answer comes.
func (v *visit) begins(e *network.EventResponseReceived) {
	r, ok := v.open[e.RequestID]
	if !ok || !r.script || e.Response == nil {
		return
	}
	v.note(e.RequestID, transcript.Fetch{Method: r.method, URL: r.url, Status: int(e.Response.Status)})
	r.noted, r.idle = true, time.Now().Add(trickle)
	if n, err := strconv.Atoi(headers(e.Response.Headers).Get("Content-Length")); err == nil && n <= inOnePiece {
		r.idle = time.Now().Add(quiet)
	}
	v.open[e.RequestID] = r
	v.work++
}

// pending are the page's own requests that keep it from being at rest; until
// says when the first of them will not any more, zero that only its end tells.
func (v *visit) pending() (some []request, until time.Time) {
	now := time.Now()
	for _, r := range v.open {
		if r.idle.IsZero() || r.idle.After(now) {
			some = append(some, r)
			if !r.idle.IsZero() && (until.IsZero() || r.idle.Before(until)) {
				until = r.idle
			}
		}
	}
	return some, until
}

func (v *visit) ended(id network.RequestID) {
	if _, ok := v.open[id]; ok {
		delete(v.open, id)
		v.work++
	}
}

func (v *visit) broke(e *network.EventLoadingFailed) {
	if r, ok := v.open[e.RequestID]; ok {
		if r.script && !r.noted && !e.Canceled {
			v.note(e.RequestID, transcript.Fetch{Method: r.method, URL: r.url, Error: e.ErrorText})
		}
		v.ended(e.RequestID)
	}
	h := v.last()
	if h == nil || h.id != e.RequestID || v.done {
		return
	}
	if e.ErrorText == "net::ERR_ABORTED" || e.ErrorText == "net::ERR_HTTP_RESPONSE_CODE_FAILURE" {
		// The page leaves for another, or the answer is nothing to be shown: a
		// download, no content, or an error without a page.
		v.done = h.answered && h.body != nil && v.committed != h.id
		return
	}
	h.failed = e.ErrorText
	v.done = true
}

// note keeps a script's request, unless it is the navigation itself.
func (v *visit) note(id network.RequestID, f transcript.Fetch) {
	if h := v.last(); h != nil && h.id != id {
		browser.AddFetch(&h.Hop, f)
	}
}

// complaint says whether an event is an error on the page's console.
func complaint(e any) bool {
	switch e.(type) {
	case *runtime.EventConsoleAPICalled, *runtime.EventExceptionThrown, *log.EventEntryAdded:
		return true
	}
	return false
}

func complaintOf(e any) string {
	switch e := e.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError {
			return ""
		}
		var words []string
		for _, a := range e.Args {
			words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
		}
		return strings.Join(words, " ")
	case *runtime.EventExceptionThrown:
		d := e.ExceptionDetails
		if d.Exception != nil && d.Exception.Description != "" {
			first, _, _ := strings.Cut(d.Exception.Description, "\n")
			return first
		}
		return d.Text
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			return e.Entry.Text
		}
	}
	return ""
}
