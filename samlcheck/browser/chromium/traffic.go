package chromium

import (
	"strings"

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
		if r, ok := v.open[e.RequestID]; ok && r.script && e.Response != nil {
			v.note(e.RequestID, transcript.Fetch{Method: r.method, URL: r.url, Status: int(e.Response.Status)})
			r.noted = true
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
	v.open[e.RequestID] = request{e.LoaderID, e.Request.Method, e.Request.URL + e.Request.URLFragment, script, false}
	v.work++
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
