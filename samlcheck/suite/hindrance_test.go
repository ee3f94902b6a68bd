package suite_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// hindered stands between the stand-in and its visitors.
type hindered struct {
	sp   *samepage.Server
	half atomic.Bool // another response came after the one that made a newcomer's account
	do   func(h *hindered, w http.ResponseWriter, r *http.Request) (done bool)
}

func (h *hindered) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/saml/acs" && strings.Contains(fmt.Sprint(h.sp.Members()), "samlcheck-") {
		h.half.Store(true)
	}
	if h.do == nil || !h.do(h, w, r) {
		h.sp.ServeHTTP(w, r)
	}
}

func (h *hindered) late() bool { return h.half.Load() }

// behind starts a stand-in behind a hindrance, with the known member invited.
func behind(t *testing.T, face string, o samepage.Options, do func(*hindered, http.ResponseWriter, *http.Request) bool) (*samepage.Server, *target.Target) {
	t.Helper()
	h := &hindered{do: do}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	o.BaseURL = srv.URL
	sp, err := samepage.New(o)
	require.NoError(t, err)
	h.sp = sp
	run := samepage.Running{
		URL: srv.URL, MetadataURL: srv.URL + "/saml/metadata", LoginURL: srv.URL + "/login/sso", HomeURL: srv.URL + "/home", Server: sp,
	}
	tg, err := target.Parse("target.yaml", []byte(run.TargetFile(state, false)), os.LookupEnv)
	require.NoError(t, err)
	i, err := suite.IdP(face, suite.Options{Loaded: tg})
	require.NoError(t, err)
	require.NoError(t, sp.AddIdP(i.Metadata()))
	require.NoError(t, sp.Invite(samepage.KnownMember, samepage.RoleMember))
	return sp, tg
}

// lockAfterSpoilt takes the known member's account away once a response was not good.
func lockAfterSpoilt(h *hindered, w http.ResponseWriter, r *http.Request) bool {
	h.sp.ServeHTTP(w, r)
	if r.URL.Path == "/saml/acs" && strings.Contains(h.sp.Why(), "signature") {
		_ = h.sp.Disable(samepage.KnownMember) // he may be gone already
	}
	return true
}

func rateLimit(h *hindered, w http.ResponseWriter, _ *http.Request) bool {
	if h.late() {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	return h.late()
}

func goDown(h *hindered, w http.ResponseWriter, _ *http.Request) bool {
	if !h.late() {
		return false
	}
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_ = c.Close()
	}
	return true
}

// captcha stands before the login.
func captcha(_ *hindered, w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/login/sso" {
		return false
	}
	fmt.Fprint(w, `<!doctype html><title>One moment</title><p>Are you human?</p><form method="post" action="/human"><input name="word"></form>`)
	return true
}

// secondFactor stands behind the login, whoever signs in.
func secondFactor(h *hindered, w http.ResponseWriter, r *http.Request) bool {
	if _, err := r.Cookie("samepage_session"); err != nil || r.Method != http.MethodGet {
		return false
	}
	if r.URL.Path != "/code" {
		http.Redirect(w, r, "/code", http.StatusSeeOther)
		return true
	}
	fmt.Fprint(w, `<!doctype html><title>Code</title><p>Enter the code from your device.</p><form method="post" action="/code"><input name="code"></form>`)
	return true
}

// unsettled sends members round and round.
func unsettled(_ *hindered, w http.ResponseWriter, r *http.Request) bool {
	if _, err := r.Cookie("samepage_session"); err != nil || r.Method != http.MethodGet || r.URL.Path == "/login/sso" {
		return false
	}
	http.Redirect(w, r, fmt.Sprintf("/home?n=%d", time.Now().UnixNano()), http.StatusSeeOther)
	return true
}

// Whatever stands in the way half-way or all the way, the verdict is undecided
// or says no more than was seen, names the cause and what to do, and what may
// have been created is listed.
func TestHindrances(t *testing.T) {
	t.Parallel()
	const undecided = string(oracle.VerdictUndecided)
	locked := func(sp *samepage.Server, _ *target.Target) error { return sp.Disable(samepage.KnownMember) }
	gone := func(sp *samepage.Server, _ *target.Target) error { return sp.Remove(samepage.KnownMember) }
	for name, c := range map[string]struct {
		o    samepage.Options
		do   func(*hindered, http.ResponseWriter, *http.Request) bool
		set  func(*samepage.Server, *target.Target) error
		want string // verdicts that may be given
		says string // in the verdict's words
		made bool   // the newcomer's account exists
	}{
		"known member is none":            {o: samepage.Options{}, set: gone, want: undecided, says: "known member"},
		"known member is none, JIT":       {o: samepage.Options{JIT: create}, set: gone, want: "admitted", says: "never invited", made: true},
		"known member deactivated":        {o: samepage.Options{}, set: locked, want: undecided, says: "known member"},
		"known member deactivated, JIT":   {o: samepage.Options{JIT: create}, set: locked, want: undecided + "|accepted", says: "known member", made: true},
		"fresh domain refused":            {o: samepage.Options{JIT: create, Habits: []samepage.Habit{samepage.HabitVerifiedDomains}}, set: foreignDomain, want: undecided + " > shut", says: "another domain"},
		"account locked after bad logins": {o: samepage.Options{JIT: create}, do: lockAfterSpoilt, want: undecided, says: "lockout", made: true},
		"rate limit half-way":             {o: samepage.Options{JIT: create}, do: rateLimit, want: undecided, says: "429", made: true},
		"down half-way":                   {o: samepage.Options{JIT: create}, do: goDown, want: undecided, says: "cannot be reached", made: true},
		"captcha before the login":        {o: samepage.Options{JIT: create}, do: captcha, want: undecided, says: "no response was delivered"},
		"second factor for everyone":      {o: samepage.Options{JIT: create}, do: secondFactor, want: undecided + "|asks", says: "known member", made: true},
		"pages that never settle":         {o: samepage.Options{JIT: create}, do: unsettled, want: undecided, says: "hops", made: true},
	} {
		for _, face := range []string{"okta", "entra"} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				sp, tg := behind(t, face, c.o, c.do)
				if c.set != nil {
					require.NoError(t, c.set(sp, tg))
				}
				res, err := suite.Run(t.Context(), suite.Options{
					Loaded: tg, Faces: []string{face}, Select: []string{suite.JIT}, RunID: "7f3a", Out: t.TempDir(),
					Wait: func(context.Context, time.Duration) error { return nil },
				})
				if err != nil {
					require.ErrorIs(t, err, engine.ErrUnreachable)
				}
				f := res.Report.Faces[0]
				j := *f.JIT
				assert.Contains(t, strings.Split(c.want, "|"), said(j), "%s\n%v", j.Because, j.Findings)
				assert.Contains(t, j.Because+strings.Join(j.Findings, " "), c.says)
				if report.Verdict(j) == oracle.VerdictUndecided {
					assert.NotEmpty(t, j.Settle, "what to do")
				}
				const newcomer = "samlcheck-7f3a-1@"
				assert.Equal(t, c.made, strings.Contains(fmt.Sprint(sp.Members()), newcomer))
				if c.made {
					assert.Contains(t, strings.Join(j.Accounts, " "), newcomer)
				}
				again, err := suite.Judge(res.Bundle)
				require.NoError(t, err)
				assert.Equal(t, f.Findings, again.Faces[0].Findings)
				assert.Equal(t, j, *again.Faces[0].JIT)
			})
		}
	}
}

func foreignDomain(_ *samepage.Server, tg *target.Target) error {
	tg.People.Fresh.Domain = "elsewhere.example"
	return nil
}

// A members command that goes wrong is said, and the verdict is given without it.
func TestMembersCommandThatGoesWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ script, says string }{
		"fails":         {`echo "token has expired" >&2; exit 4`, "token has expired"},
		"prints words":  {"echo Permission denied", "no list of members"},
		"prints a page": {"echo '<html>Sign in</html>'", "web page"},
	} {
		for i, jit := range []samepage.JIT{off, create} {
			face := []string{"okta", "entra"}[i]
			t.Run(name+"/"+string(jit), func(t *testing.T) {
				t.Parallel()
				_, tg := behind(t, face, samepage.Options{JIT: jit}, nil)
				tg.Members = &target.Members{List: &target.List{Command: []string{"sh", "-c", c.script}}}
				res, err := suite.Run(t.Context(), suite.Options{Loaded: tg, Faces: []string{face}, Select: []string{suite.JIT}})
				require.NoError(t, err)
				j := res.Report.Faces[0].JIT
				assert.Equal(t, right[jit][noView], said(*j), j.Because)
				assert.Contains(t, strings.Join(j.Findings, " "), "the members view could not be read")
				assert.Contains(t, strings.Join(j.Findings, " "), c.says)
			})
		}
	}
}
