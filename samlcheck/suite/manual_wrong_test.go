package suite_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// refused asserts that an answer is given back with the reason.
func (a *admin) refused(c card, says map[string]string, why string) {
	a.t.Helper()
	r := a.answer(c, says)
	assert.Equal(a.t, http.StatusUnprocessableEntity, r.status)
	assert.Contains(a.t, r.text, why)
	assert.Equal(a.t, c.id, r.id, "the step stays")
}

func without(m map[string]string, key string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		if k != key {
			out[k] = v
		}
	}
	return out
}

// Whatever a person gets wrong is said while he can still mend it.
func TestWrongAnswersAreGivenBack(t *testing.T) {
	t.Parallel()
	sp, tg := handTarget(t, "okta", false, samepage.Options{JIT: samepage.Off})
	a, done := byHand(t, t.Context(), sp, tg, suite.Options{Faces: []string{"okta"}, Select: []string{suite.JIT}, Out: t.TempDir()})
	in := map[string]string{"rest-shows": "signed-in", "rest-as": "self", "home-shows": "signed-in", "home-as": "self"}
	tried := map[string]bool{}
	a.follows(func(c card, _ int) bool {
		switch {
		case strings.HasPrefix(c.title, "Sign in as "+samepage.KnownMember) && !tried["known"]:
			tried["known"] = true
			a.refused(c, nil, "Please answer: What it shows")
			a.refused(c, in, "has not been opened yet")
			old := a.window()
			_, err := old.Visit(t.Context(), browser.Request{URL: c.links[0]})
			require.NoError(t, err)
			other := map[string]string{"rest-shows": "signed-in", "rest-as": "other", "rest-who": "Mallory", "home-shows": "signed-in", "home-as": "self"}
			a.refused(c, other, "Somebody other than")
			again := a.answer(c, map[string]string{"button": "again"})
			assert.Equal(t, http.StatusConflict, a.answer(c, in).status, "the old card's answer, from another tab")
			assert.Less(t, again.status, 400)

			c = a.now() // the step begun anew, in a window that was used
			_, err = old.Visit(t.Context(), browser.Request{URL: c.links[0]})
			require.NoError(t, err)
			a.refused(c, in, "in a window that an earlier step has used")

			leftOver(t, c.links[0]) // the address was opened, and the service had a session already
			a.refused(c, in, "The service never asked the identity provider")
			a.answer(c, a.does(c))
		case c.title == "A login that the identity provider refuses" && !tried["denied"]:
			tried["denied"] = true
			says := a.does(c)
			for k, v := range in {
				says[k] = v
			}
			a.refused(c, without(says, "insist"), "so nobody should be signed in")
		case c.title == "Look without signing in" && !tried["stranger"]:
			tried["stranger"] = true
			a.refused(c, map[string]string{"look-1-shows": "signed-in"}, "has not been opened yet")
			says := a.does(c)
			says["look-1-shows"] = "signed-in"
			a.refused(c, says, "Nobody has signed in in this window")
		}
		return false
	})
	r := <-done
	require.NoError(t, r.err)
	assert.Len(t, tried, 3)
	sameAsDrivenJIT(t, r.res, oracle.Shut)
}

// leftOver opens an address and goes no further.
func leftOver(t *testing.T, address string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	resp, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusFound, resp.StatusCode)
}

// Without any forged login nothing firm can be said.
func TestLeavingOutTheForgedLogins(t *testing.T) {
	t.Parallel()
	sp, tg := handTarget(t, "okta", false, samepage.Options{JIT: samepage.Create})
	a, done := byHand(t, t.Context(), sp, tg, suite.Options{Faces: []string{"okta"}, Select: []string{suite.JIT}})
	a.skips = true
	a.follows(nil)
	r := <-done
	require.NoError(t, r.err)
	j := r.res.Report.Faces[0].JIT
	assert.Equal(t, oracle.VerdictUndecided, report.Verdict(*j))
	assert.Equal(t, oracle.Admitted, j.Leaning)
	assert.Contains(t, j.Because, "no forged login was sent")
}

// A forged login that a person sees getting in is the gravest finding.
func TestAForgedLoginGetsIn(t *testing.T) {
	t.Parallel()
	sp, tg := handTarget(t, "okta", false, samepage.Options{JIT: samepage.Create, Flaws: []samepage.Flaw{samepage.FlawSignature}})
	a, done := byHand(t, t.Context(), sp, tg, suite.Options{Faces: []string{"okta"}, Select: []string{suite.JIT}})
	a.follows(nil)
	r := <-done
	require.NoError(t, r.err)
	assert.Equal(t, oracle.Void, r.res.Report.Faces[0].JIT.Verdict)
}

// Only what a person can do is asked of him, and the plan says how much it is.
func TestThePlanByHand(t *testing.T) {
	t.Parallel()
	_, tg := handTarget(t, "okta", true, samepage.Options{JIT: samepage.Off})
	p, err := suite.Plan(t.Context(), suite.Options{Loaded: tg, Faces: []string{"okta"}, Select: []string{suite.JIT}})
	require.NoError(t, err)
	f := p.Faces[0]
	assert.Equal(t, 19, f.Cards, f.Trials)
	assert.Greater(t, f.Clicks, 80)
	all, err := suite.Plan(t.Context(), suite.Options{Loaded: tg, Faces: []string{"okta"}})
	require.NoError(t, err)
	f = all.Faces[0]
	assert.Contains(t, f.Checks, "spmetadata/acs-https")
	assert.Contains(t, f.Checks, "request/issuer-missing")
	assert.NotContains(t, f.Checks, "response/audience-foreign")
	assert.NotContains(t, f.Checks, "session/cookie-flags")
	assert.Contains(t, f.Skipped, "response/audience-foreign: ability missing: it needs a driven browser (browser: plain)")
}

func TestNobodyToAsk(t *testing.T) {
	t.Parallel()
	_, tg := handTarget(t, "okta", true, samepage.Options{JIT: samepage.Off})
	_, err := suite.Run(t.Context(), suite.Options{Loaded: tg})
	require.ErrorIs(t, err, suite.ErrUsage)
	require.ErrorContains(t, err, "needs a person")
	driven := *tg
	driven.Browser, driven.IdP.BaseURL = "plain", ""
	_, err = suite.Run(t.Context(), suite.Options{Loaded: &driven})
	require.ErrorIs(t, err, suite.ErrUsage)
	require.ErrorContains(t, err, "no terminal to ask at")
}
