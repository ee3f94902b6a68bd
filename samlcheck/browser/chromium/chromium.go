// Package chromium is a Browser that really is one: Chromium, driven over its
// DevTools protocol.
//
// It is for the service providers whose pages are drawn by script, and for
// whoever wants to know what a person's own browser does with a cookie. One
// process serves a whole run; every trial has a browser context of its own,
// which shares nothing with the others. What it records has the words of
// package browser, and beside them what only scripts leave behind: their
// requests, the storage's keys, errors on the console, a picture of the page.
//
// The identity provider's host names exist nowhere. Requests to them are
// answered inside this process, by the profile's Transport; everything else
// goes out by Chromium's own network code, with Chromium's own cookies.
//
// It refuses to send anything to hosts that the user did not name: such
// requests fail, and the record says which they were. It refuses to judge a
// page that does not come to rest. It does not click: a page that waits for a
// person is where a visit ends. And it leaves nothing behind: the profile's
// folder goes with the process.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"

	"example.com/samepage/samlcheck/browser"
)

// Defaults of Options.
const (
	MaxHops    = 14
	MaxBody    = 1 << 20 // bytes
	HopTimeout = 20 * time.Second
	Settle     = 15 * time.Second
)

// Options are what one Chromium process is made of.
type Options struct {
	Path       string        // the program; "" is what Find finds
	Hosts      []string      // host names that pages may talk to, beside this machine; with or without a port
	MaxHops    int           // 0: MaxHops
	MaxBody    int64         // bytes that are read of one page; 0: MaxBody
	HopTimeout time.Duration // for one request and its answer; 0: HopTimeout
	Settle     time.Duration // for a page to come to rest; 0: Settle
}

// Profile is one fresh browser's surroundings.
type Profile struct {
	Transport http.RoundTripper // answers the IdP's hosts
	IdPHosts  []string          // host[:port] of the identity provider
	Inside    []string          // further hosts that Transport answers: those of no real site
	// Screen takes the picture of a page (JPEG) and returns its name in the
	// evidence; nil takes none.
	Screen func(jpeg []byte) (string, error)
	// Redact replaces what must not be seen in a picture; nil replaces nothing.
	Redact func(string) string
}

// Chromium is one running process. It is safe for concurrent use.
type Chromium struct {
	opt    Options
	root   context.Context
	cancel context.CancelFunc
	hosts  hosts
	agent  string

	wg     sync.WaitGroup
	spares chan *tab // profiles made ahead: a new one takes longer than a page
}

// Start starts Chromium. It runs until Close, or until the context is done;
// either way its profile's folder is removed. Without the program the error is
// ErrMissing.
func Start(ctx context.Context, o Options) (*Chromium, error) {
	o = o.filled()
	if o.Path == "" {
		path, err := Find()
		if err != nil {
			return nil, err
		}
		o.Path = path
	}
	c := &Chromium{opt: o, hosts: newHosts(o.Hosts), spares: make(chan *tab, 1)}
	alloc, stop := chromedp.NewExecAllocator(ctx, c.flags()...)
	root, cancel := chromedp.NewContext(alloc)
	c.root = root
	c.cancel = func() { cancel(); stop() }
	if err := chromedp.Do(root); err != nil {
		c.cancel()
		if ctx.Err() != nil {
			return nil, fmt.Errorf("browser: chromium was not started: %w", ctx.Err())
		}
		return nil, fmt.Errorf("browser: chromium (%s) does not start: %w (%s)", o.Path, err, advice)
	}
	if err := c.introduce(); err != nil {
		c.cancel()
		return nil, fmt.Errorf("browser: chromium (%s): %w", o.Path, err)
	}
	c.prepare()
	return c, nil
}

func (o Options) filled() Options {
	if o.MaxHops <= 0 {
		o.MaxHops = MaxHops
	}
	if o.MaxBody <= 0 {
		o.MaxBody = MaxBody
	}
	if o.HopTimeout <= 0 {
		o.HopTimeout = HopTimeout
	}
	if o.Settle <= 0 {
		o.Settle = Settle
	}
	return o
}

// New returns a browser that knows nothing. Its profile is made at the first
// visit.
func (c *Chromium) New(p Profile) *Browser {
	return &Browser{c: c, p: p, idp: newHosts(p.IdPHosts), inside: newHosts(append(slices.Clone(p.IdPHosts), p.Inside...)), refused: map[string]map[string]bool{}}
}

var _ browser.Browser = (*Browser)(nil)

// Close ends the process and removes its profile's folder.
func (c *Chromium) Close() error {
	c.cancel()
	c.wg.Wait()
	return nil
}

// prepare makes the next profile ahead of its need.
func (c *Chromium) prepare() {
	c.wg.Go(func() {
		t := c.open()
		select {
		case c.spares <- t:
		case <-c.root.Done():
			t.close()
		}
	})
}

// take returns a fresh profile.
func (c *Chromium) take(ctx context.Context) (*tab, error) {
	select {
	case t := <-c.spares:
		c.prepare()
		return t, t.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.root.Done():
		return nil, errGone
	}
}

var errGone = errors.New("chromium has ended: it was closed, killed, or crashed")

// flags are chromedp's, without the features that would send something
// somewhere, or ask a person.
func (c *Chromium) flags() []chromedp.ExecAllocatorOption {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(c.opt.Path),
		chromedp.WindowSize(1024, 768),
		chromedp.Flag("disable-features", strings.Join([]string{
			"Translate", "BlinkGenPropertyTrees", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
			"InsecureFormSubmissionInterstitial", "MixedFormsDisableAutofill", "LocalNetworkAccessChecks",
			"BlockInsecurePrivateNetworkRequests", "OptimizationHints", "MediaRouter", "DialMediaRouteProvider",
			"IsolateOrigins", "site-per-process", "AutofillServerCommunication", "CertificateTransparencyComponentUpdater",
			"SpareRendererForSitePerProcess", "BackForwardCache", "ProactivelySwapBrowsingInstance", // a process for every step
		}, ",")),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-site-isolation-trials", true), // an iframe's requests are seen, too
		chromedp.Flag("renderer-process-limit", "1"),         // of each profile: starting them is most of a visit's work
		chromedp.Flag("block-new-web-contents", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("no-proxy-server", true), // a proxy of the environment is a host that nobody named
		chromedp.Flag("host-resolver-rules", c.hosts.resolverRules()),
		chromedp.Flag("lang", "en"),
		chromedp.Flag("blink-settings", "imagesEnabled=true"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	return options
}
