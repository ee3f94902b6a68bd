//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"

	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

// opened is what Chromium says of a page, in milliseconds from the beginning of
// the navigation.
type opened struct{ Load, Paint float64 }

// page is the report of a full run as a page: its size, and how long Chromium
// takes to open it. The best of some openings counts: a browser that has just
// started is busy with itself.
func page(ctx context.Context, t *table) error {
	const goalSize, goal = 3 << 20, 1000
	_, res, err := experiment(ctx, suite.Options{})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := report.WriteHTML(&b, res.Report); err != nil {
		return err
	}
	t.add(figure{what: "report.html of a full run", ours: fmt.Sprintf("%.2f MiB", float64(b.Len())/(1<<20)), goal: "at most " + mib(goalSize), met: verdict(b.Len() <= goalSize)})
	dir, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	at := filepath.Join(dir, "report.html")
	if err := os.WriteFile(at, b.Bytes(), 0o600); err != nil {
		return err
	}
	const what = "it opened in Chromium, wall clock"
	best, err := openedIn(ctx, "file://"+at, 5)
	if errors.Is(err, chromium.ErrMissing) {
		t.missing(what, err)
		return nil
	}
	if err != nil {
		return err
	}
	ms := func(n float64) string { return secs(n * float64(time.Millisecond)) }
	t.add(figure{what: what, ours: ms(best.Load), peer: "first paint " + ms(best.Paint), goal: "at most " + ms(goal), met: verdict(best.Load <= goal)})
	return nil
}

const timing = `(() => {
	const n = performance.getEntriesByType("navigation")[0], p = performance.getEntriesByName("first-contentful-paint")[0];
	return n && p && n.loadEventEnd > 0 ? {Load: n.loadEventEnd, Paint: p.startTime} : null;
})()`

// openedIn opens a page so many times, in a tab of its own each.
func openedIn(ctx context.Context, url string, times int) (best opened, err error) {
	program, err := chromium.Find()
	if err != nil {
		return best, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // root has none
	}
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	if err := chromedp.Do(ctx); err != nil {
		return best, err
	}
	for range times {
		tab, closeTab := chromedp.NewContext(ctx)
		err := chromedp.Do(tab, chromedp.Navigate(url))
		var now opened
		if err == nil {
			now, err = chromedp.Run(tab, chromedp.Poll[opened](timing))
		}
		closeTab()
		if err != nil {
			return best, err
		}
		if best.Load == 0 || now.Load < best.Load {
			best = now
		}
	}
	return best, nil
}
