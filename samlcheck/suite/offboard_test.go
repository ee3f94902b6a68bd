package suite_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// waited is the time of a test. It stands still but for what is waited, and nobody waits.
type waited struct {
	mu sync.Mutex
	at time.Time
}

func (w *waited) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *waited) wait(_ context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
	return nil
}

func memberIn(t *testing.T, face string, o samepage.Options) (*samepage.Running, *target.Target) {
	t.Helper()
	sp, tg := standIn(t, face, true, o)
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	return sp, tg
}

func offboard(t *testing.T, o samepage.Options, watch time.Duration) (*suite.Result, report.Report) {
	t.Helper()
	w := waited{at: time.Now()}
	o.Now = w.now
	sp, tg := memberIn(t, "okta", o)
	res, err := suite.Offboard(t.Context(), suite.Options{
		Loaded: tg, Faces: []string{"okta"}, Members: sp.Directory(), Out: t.TempDir(), Watch: watch, Now: w.now, Wait: w.wait,
	})
	require.NoError(t, err)
	return res, res.Revealed()
}

func offboardingFinding(t *testing.T, r report.Report, id string) samlcheck.Finding {
	t.Helper()
	for _, f := range r.Faces[0].Findings {
		if f.Check == id {
			return f
		}
	}
	require.Fail(t, "no finding of "+id)
	return samlcheck.Finding{}
}

// A session of 30 s is found to end within one step of the schedule (5, 10, 20 s).
func TestResidualAccessIsMeasured(t *testing.T) {
	t.Parallel()
	res, rep := offboard(t, samepage.Options{SessionLifetime: 30 * time.Second}, time.Minute)
	f := offboardingFinding(t, rep, suite.OffboardingOutlives)
	assert.Contains(t, f.Because, "the session ended between 15 s and 35 s after revocation")
	assert.Contains(t, offboardingFinding(t, rep, "offboarding/session-end-ignored").Because, "alive 5 s after the login began, and dead after 15 s")
	assert.Zero(t, rep.Summary.Fail+rep.Summary.Warn+rep.Summary.Inconclusive)

	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, res.Report.Faces[0].Findings, again.Faces[0].Findings)
}

// A session that lives on is a lower bound, and the sentence says where
// watching stopped.
func TestResidualAccessIsALowerBound(t *testing.T) {
	t.Parallel()
	_, rep := offboard(t, samepage.Options{}, 2*time.Minute)
	assert.Contains(t, offboardingFinding(t, rep, suite.OffboardingOutlives).Because, "the session was still alive 2 min after revocation; watching stopped then")
	assert.Contains(t, offboardingFinding(t, rep, "offboarding/unassigned-gets-in").Because, "no response reached the service")
	assert.Equal(t, samlcheck.Pass, offboardingFinding(t, rep, "offboarding/deactivated-stays-in").Outcome)
	assert.Equal(t, samlcheck.Skipped, offboardingFinding(t, rep, "logout/request-ignored").Outcome)
}

// Without a way to deactivate anybody nobody is invited for it.
func TestNobodyIsDeactivatedWithoutAWay(t *testing.T) {
	t.Parallel()
	_, tg := memberIn(t, "okta", samepage.Options{JIT: samepage.Create})
	res, err := suite.Offboard(t.Context(), suite.Options{Loaded: tg, Faces: []string{"okta"}})
	require.NoError(t, err)
	assert.Equal(t, samlcheck.Skipped, offboardingFinding(t, *res.Report, "offboarding/deactivated-stays-in").Outcome)
	assert.Equal(t, samlcheck.Skipped, offboardingFinding(t, *res.Report, "offboarding/session-end-ignored").Outcome, "nobody waited")
}

func TestOffboardPlanSaysHowLong(t *testing.T) {
	t.Parallel()
	sp, tg := memberIn(t, "okta", samepage.Options{})
	p, err := suite.PlanOffboard(t.Context(), suite.Options{Loaded: tg, Members: sp.Directory(), Watch: 15 * time.Minute})
	require.NoError(t, err)
	require.Len(t, p.Faces, 1)
	assert.Equal(t, int((15+6+1)*time.Minute/time.Second), p.Faces[0].Watched)
	assert.Positive(t, p.Faces[0].Logins)
}

// Every message of a whole single logout is judged from the redacted record as
// it was in the run.
func TestLogoutIsJudgedFromTheBundle(t *testing.T) {
	t.Parallel()
	sp, tg := memberIn(t, "entra", samepage.Options{SLO: true})
	res, err := suite.Run(t.Context(), suite.Options{
		Loaded: tg, Faces: []string{"entra"}, Members: sp.Directory(), Out: t.TempDir(), Select: []string{"logout"},
	})
	require.NoError(t, err)
	assert.Zero(t, res.Report.Summary.Fail+res.Report.Summary.Warn+res.Report.Summary.Inconclusive+res.Report.Summary.Skipped)
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, res.Report.Faces[0].Findings, again.Faces[0].Findings)
	raw, err := json.Marshal(res.Report)
	require.NoError(t, err)
	assert.NotContains(t, string(raw), samepage.KnownMember)
}

// What cannot be asked is not tried: nobody is signed in for nothing.
func TestNoLogoutIsTriedWhereThereIsNone(t *testing.T) {
	t.Parallel()
	_, tg := memberIn(t, "okta", samepage.Options{})
	tg.Session.Logout = (*target.Start)(nil)
	p, err := suite.Plan(t.Context(), suite.Options{Loaded: tg, Select: []string{"logout"}})
	require.NoError(t, err)
	assert.Equal(t, []string{"logout/capability-untrue"}, p.Faces[0].Checks)
	for _, do := range p.Faces[0].Trials {
		assert.NotContains(t, do, "sign out")
		assert.NotContains(t, do, "LogoutRequest")
	}
}
