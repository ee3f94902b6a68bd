package suite_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// chromium is a real browser with real private windows, or none: then the test
// is skipped, saying so.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); path == "" && err == nil {
			path = found
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine: the guided page is not tried in a real browser")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx))
	return ctx
}

// clicker plays the admin in Chromium: the guided page in one tab, and a new
// browser context, which is a private window, for each step.
type clicker struct {
	*admin
	tab context.Context
}

// evaluated is what an expression says of a page. A page that is on its way to
// the next one is asked again.
func evaluated[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	for {
		v, err := chromedp.Run(tab, chromedp.Evaluate[T](expression))
		if err == nil {
			return v
		}
		require.NoError(t, tab.Err(), "%s: %v", expression, err)
	}
}

// rests waits until a page rests: the pages of the stand-in, of the desk and of
// the guide have a heading, the page that posts the response has none.
func rests(t *testing.T, tab context.Context) {
	t.Helper()
	for !evaluated[bool](t, tab, `document.readyState === "complete" && !!document.querySelector("h1") && !document.querySelector("form input[name=SAMLResponse]")`) {
		require.NoError(t, tab.Err())
	}
}

// settled is where a private window comes to rest, and what it shows.
func (c *clicker) settled(window context.Context, address string) (at, text string) {
	c.t.Helper()
	require.NoError(c.t, chromedp.Do(window, chromedp.Navigate(address)), address)
	rests(c.t, window)
	return evaluated[string](c.t, window, `location.href`), evaluated[string](c.t, window, `document.body.innerText`)
}

func (c *clicker) see(window context.Context, address, who string) map[string]string {
	at, text := c.settled(window, address)
	return sees(at, text, who)
}

// step does what a card says, and fills it in by clicking.
func (c *clicker) step(now card) {
	c.t.Helper()
	says := map[string]string{}
	login, look := strings.Contains(now.text, `name="rest-shows"`), strings.Contains(now.text, `name="look-1-shows"`)
	if login || look {
		window, closed := chromedp.NewContext(c.tab, chromedp.WithNewBrowserContext())
		defer closed()
		if login {
			who := ""
			if words := strings.Fields(strings.TrimSuffix(now.title, ", with few attributes")); strings.HasPrefix(now.title, "Sign in as") {
				who = words[len(words)-1]
			}
			rest := c.see(window, now.links[0], who)
			home := rest["at"]
			if len(now.links) > 1 {
				home = now.links[1]
			}
			say(says, "rest", rest)
			say(says, "home", c.see(window, home, who))
			say(says, "own", c.see(window, rest["at"], who))
		} else {
			for n, link := range now.links {
				say(says, "look-"+string(rune('1'+n)), c.see(window, link, ""))
			}
		}
	} else {
		says = c.does(now)
	}
	c.click(now, says)
}

// click fills in what the page shows at this moment, as a person can do no more.
func (c *clicker) click(now card, says map[string]string) {
	c.t.Helper()
	for _, name := range now.fields {
		value, ok := says[name]
		at := `[name="` + name + `"]`
		if !ok || !evaluated[bool](c.t, c.tab, `document.querySelector('`+at+`').offsetParent !== null`) {
			continue
		}
		if strings.HasSuffix(name, "-text") || strings.HasSuffix(name, "-at") || strings.HasSuffix(name, "-who") {
			evaluated[bool](c.t, c.tab, fmt.Sprintf(`document.querySelector('%s').value = %q, true`, at, value))
			continue
		}
		evaluated[bool](c.t, c.tab, `document.querySelector('`+at+`[value="`+value+`"]').click(), true`)
	}
	evaluated[bool](c.t, c.tab, `setTimeout(() => document.querySelector("button.go").click()), true`)
}

// read reads the guided page as it stands in the tab.
func (c *clicker) read() card {
	c.t.Helper()
	rests(c.t, c.tab)
	return readCard(http.StatusOK, evaluated[string](c.t, c.tab, `document.documentElement?.outerHTML ?? ""`))
}

// A person in a real browser, both faces: the same verdict as the driven run.
func TestByHandInChromium(t *testing.T) {
	for _, face := range []string{"okta", "entra"} {
		t.Run(face, func(t *testing.T) {
			tab := chromium(t)
			sp, tg := handTarget(t, face, true, samepage.Options{JIT: samepage.NotAdmitted})
			a, done := byHand(t, t.Context(), sp, tg, suite.Options{
				Faces: []string{face}, Select: []string{suite.JIT, "request", "provisioning/known-member-signs-in"}, Out: t.TempDir(),
			})
			c := &clicker{a, tab}
			require.NoError(t, chromedp.Do(tab, chromedp.Navigate(a.guide)))
			last := ""
			for {
				now := c.read()
				if now.over() {
					break
				}
				if now.id == "" || now.id == last {
					require.NotContains(t, now.text, `role="alert"`, "%s: %s", now.title, html.UnescapeString(now.text))
					continue // the next card is under way
				}
				last = now.id
				t.Log(now.title)
				c.step(now)
			}
			r := <-done
			require.NoError(t, r.err)
			sameAsDriven(t, r.res, jitTable[5].withView)
		})
	}
}
