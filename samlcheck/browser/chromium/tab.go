package chromium

import (
	"context"
	"fmt"
	"sync"

	protocol "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// tab is one page in a browser context of its own.
type tab struct {
	ctx     context.Context
	cancel  context.CancelFunc
	frame   cdp.FrameID
	profile cdp.BrowserContextID
	err     error // why it could not be opened

	mu     sync.Mutex
	events []any
	news   chan struct{} // one entry when there are events
}

// introduce says who we are: Chromium's own name, with ours behind it.
func (c *Chromium) introduce() error {
	v, err := chromedp.CallBrowser(c.root, protocol.GetVersion, cdp.Empty{})
	if err != nil {
		return err
	}
	c.agent = v.UserAgent + " samlcheck (+chromium)"
	return nil
}

// open makes a browser context and its page.
func (c *Chromium) open() *tab {
	t := &tab{news: make(chan struct{}, 1)}
	t.ctx, t.cancel = chromedp.NewContext(c.root, chromedp.WithNewBrowserContext(), chromedp.WithListener(t.push))
	if err := chromedp.Do(t.ctx); err != nil {
		t.err = fmt.Errorf("a new profile cannot be made: %w", err)
		return t
	}
	inner := chromedp.FromContext(t.ctx)
	t.frame = cdp.FrameID(inner.Target.TargetID)
	t.profile = inner.BrowserContextID
	t.err = c.settle(t)
	return t
}

func (c *Chromium) settle(t *tab) error {
	if _, err := chromedp.CallBrowser(t.ctx, protocol.SetDownloadBehavior, protocol.SetDownloadBehaviorParams{
		Behavior: protocol.SetDownloadBehaviorBehaviorDeny, BrowserContextID: t.profile,
	}); err != nil {
		return err
	}
	if err := do(t.ctx, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}); err != nil {
		return err
	}
	if err := do(t.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: c.agent, AcceptLanguage: "en"}); err != nil {
		return err
	}
	// A revisit asks the server, not the cache.
	if err := do(t.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		return err
	}
	yes := true
	return do(t.ctx, fetch.Enable, fetch.EnableParams{HandleAuthRequests: &yes, Patterns: []*fetch.RequestPattern{
		{URLPattern: "*", RequestStage: fetch.RequestStageRequest},
		{URLPattern: "*", RequestStage: fetch.RequestStageResponse, ResourceType: network.ResourceTypeDocument},
		{URLPattern: "*", RequestStage: fetch.RequestStageResponse, ResourceType: network.ResourceTypeFetch},
		{URLPattern: "*", RequestStage: fetch.RequestStageResponse, ResourceType: network.ResourceTypeXHR},
	}})
}

func do[P, R any](ctx context.Context, c cdp.Command[P, R], p P) error {
	_, err := chromedp.Call(ctx, c, p)
	return err
}

// push takes an event from the goroutine that reads Chromium's messages, which
// must not be kept waiting.
func (t *tab) push(e any) {
	switch e.(type) {
	case *page.EventFrameNavigated, *page.EventLifecycleEvent, *page.EventFrameRequestedNavigation,
		*page.EventJavascriptDialogOpening, *fetch.EventRequestPaused, *fetch.EventAuthRequired, *network.EventRequestWillBeSent,
		*network.EventRequestWillBeSentExtraInfo, *network.EventResponseReceived, *network.EventResponseReceivedExtraInfo,
		*network.EventDataReceived, *network.EventLoadingFinished, *network.EventLoadingFailed:
	default:
		if !complaint(e) && !internal(e) {
			return
		}
	}
	t.mu.Lock()
	t.events = append(t.events, e)
	t.mu.Unlock()
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// taken empties the queue.
func (t *tab) taken() []any {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.events
	t.events = nil
	return out
}

// close gives the whole browser context up at once: closing its page first
// would wait for requests that never end.
func (t *tab) close() {
	if t.profile != "" {
		// An error is a Chromium that has ended, and the profile with it.
		_, _ = chromedp.CallBrowser(t.ctx, target.DisposeBrowserContext, target.DisposeBrowserContextParams{BrowserContextID: t.profile})
	}
	t.cancel()
}
