package chromium

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// Browser is one fresh profile. It is not for concurrent use.
type Browser struct {
	c       *Chromium
	p       Profile
	idp     hosts
	inside  hosts // the IdP's, and others that the transport answers
	tab     *tab
	used    bool
	refused map[string]map[string]bool // by host: cookies that Chromium would not store
}

// Close gives the profile up.
func (b *Browser) Close() error {
	if b.tab != nil {
		b.c.wg.Go(b.tab.close)
		b.tab = nil
	}
	return nil
}

// Visit implements browser.Browser. An error is a request that cannot be made,
// a Chromium that has ended, or a done context; the hops until then are
// returned with it.
func (b *Browser) Visit(ctx context.Context, r browser.Request) ([]transcript.Hop, error) {
	start, err := begin(r)
	if err != nil {
		return nil, err
	}
	if b.tab == nil {
		if b.tab, err = b.c.take(ctx); err != nil {
			b.tab = nil
			return nil, given(ctx, err)
		}
	}
	in, cancel := context.WithCancel(b.tab.ctx)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	if b.used {
		if err := b.leave(in); err != nil { //nolint:contextcheck // the tab's context, which ends with the caller's
			return nil, given(ctx, err)
		}
	}
	b.used = true
	v := newVisit(b, r, start)
	err = v.run(in) //nolint:contextcheck // see above
	if err == nil && r.Screen {
		v.picture(in) //nolint:contextcheck // see above
	}
	hops := v.observed()
	browser.Unfilled(hops, v.fill)
	if err != nil {
		return hops, given(ctx, err)
	}
	return hops, nil
}

// given says why a visit was given up. The caller's own reason comes first.
func given(ctx context.Context, err error) error {
	if cause := ctx.Err(); cause != nil {
		return fmt.Errorf("browser: visit given up: %w", cause)
	}
	return fmt.Errorf("browser: visit given up: %w", err)
}

// leave goes to an empty page, so that nothing of the last one is still at
// work, and its address can be visited anew.
func (b *Browser) leave(ctx context.Context) error {
	gone := make(chan error, 1)
	go func() {
		gone <- do(ctx, page.Navigate, page.NavigateParams{URL: "about:blank"})
	}()
	for {
		for _, e := range b.tab.taken() {
			switch e := e.(type) {
			case *fetch.EventRequestPaused:
				go refuse(ctx, e, network.ErrorReasonAborted)
			case *page.EventJavascriptDialogOpening:
				go answerDialog(ctx, e)
			}
		}
		select {
		case err := <-gone:
			return b.alive(err)
		case <-b.tab.news:
		case <-ctx.Done():
			return b.alive(ctx.Err())
		}
	}
}

// alive turns an error into errGone where Chromium has ended.
func (b *Browser) alive(err error) error {
	if err != nil && b.c.root.Err() != nil {
		return errGone
	}
	return err
}

// refuse fails a request. An error is a request that is gone.
func refuse(ctx context.Context, e *fetch.EventRequestPaused, why network.ErrorReason) {
	_, _ = chromedp.Call(ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: why})
}

// answerDialog lets a page be left, and says no to everything else that it asks.
func answerDialog(ctx context.Context, e *page.EventJavascriptDialogOpening) {
	_, _ = chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: e.Type == page.DialogTypeBeforeunload})
}
