package engine_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// sp is a service provider in a few lines, as an Actor sees it.
type sp struct {
	lockout  bool // the first forged login shuts the door for everyone
	accepts  bool // forged logins get in
	faulty   string
	shut     bool
	answered func(transcript.Step) transcript.Step
}

func (s *sp) Close() error { return nil }

func (s *sp) Perform(_ context.Context, _ trial.Trial, st trial.Step) transcript.Step {
	in := false
	if do, ok := st.Do.(trial.Login); ok && !do.Deny {
		in = !s.shut
		if len(do.Forge) > 0 {
			s.shut = s.shut || s.lockout
			in = s.accepts
			if s.faulty != "" {
				return transcript.Step{Fault: s.faulty}
			}
		}
	}
	page := transcript.Hop{Method: "GET", URL: "https://sp.example/login", Status: 200, Blocks: []string{"Please sign in"}, Links: []string{"https://sp.example/sso"}}
	if in {
		page = transcript.Hop{Method: "GET", URL: "https://sp.example/home", Status: 200, Blocks: []string{"Welcome to your own pages", "Sign out"}}
	}
	step := transcript.Step{}
	if _, ok := st.Do.(trial.Login); ok {
		acs := transcript.Hop{Method: "POST", URL: "https://sp.example/acs", Posted: []string{"SAMLResponse"}, Status: http.StatusFound, Location: page.URL}
		step.Login = []transcript.Hop{acs, page}
		step.Sent = &transcript.Message{URL: acs.URL}
	}
	for _, name := range []string{"own", "home", "entry", "root", "own-again"} {
		step.Visits = append(step.Visits, transcript.Visit{Name: name, Hops: []transcript.Hop{page}})
	}
	if s.answered != nil {
		step = s.answered(step)
	}
	return step
}

func refused(c *samlcheck.Case) samlcheck.Verdict {
	switch l := c.Landing("spoilt"); l.Where {
	case transcript.Out:
		return samlcheck.Holds("refused")
	case transcript.In:
		return samlcheck.Violated("accepted")
	default:
		return samlcheck.Undecided("landed %s: %s", l.Where, l.Because)
	}
}

func foreign(id string, uri string) samlcheck.Check {
	return samlcheck.Check{ID: id, Trials: trial.Against(forge.Audience(uri)), Judge: refused}
}

func run(t *testing.T, s *sp, checks ...samlcheck.Check) []samlcheck.Finding {
	t.Helper()
	p := engine.NewPlan(checks, engine.Permission{Accounts: true, Forgery: true})
	rec := transcript.Record{Face: "okta"}
	err := engine.Perform(t.Context(), p, engine.Stage{
		Face: "okta", Actor: func(trial.Trial) engine.Actor { return s },
		Emit: func(r transcript.Run) error { rec.Runs = append(rec.Runs, r); return nil },
	})
	require.NoError(t, err)
	return engine.Judge(p, engine.Docs{}, rec, time.Now())
}

func TestControlsStandOnBothSides(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		sp   *sp
		want samlcheck.Outcome
		why  string
	}{
		"refuses":            {&sp{}, samlcheck.Pass, "refused"},
		"accepts":            {&sp{accepts: true}, samlcheck.Fail, "accepted"},
		"locks everyone out": {&sp{lockout: true}, samlcheck.Inconclusive, "after the question"},
		"is shut":            {&sp{shut: true}, samlcheck.Inconclusive, "before the question"},
		"harness fails":      {&sp{faulty: "no audience to change"}, samlcheck.Inconclusive, "the harness failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := run(t, tt.sp, foreign("response/audience-foreign", "https://other.example"))
			require.Len(t, f, 1)
			assert.Equal(t, tt.want, f[0].Outcome, f[0].Because)
			assert.Contains(t, f[0].Because, tt.why)
		})
	}
}

func TestSilenceAndPanicNeverPass(t *testing.T) {
	t.Parallel()
	quiet := samlcheck.Check{ID: "a/quiet", Reads: 0, Trials: trial.With(), Judge: func(*samlcheck.Case) samlcheck.Verdict { return samlcheck.Verdict{} }}
	loud := samlcheck.Check{ID: "a/loud", Trials: trial.With(), Judge: func(*samlcheck.Case) samlcheck.Verdict { panic("no such page") }}
	reads := samlcheck.Check{ID: "a/reads", Reads: samlcheck.SPMetadata, Judge: func(*samlcheck.Case) samlcheck.Verdict { return samlcheck.Holds("read") }}
	f := run(t, &sp{}, quiet, loud, reads)
	assert.Equal(t, samlcheck.Inconclusive, f[0].Outcome)
	assert.Equal(t, samlcheck.Inconclusive, f[1].Outcome)
	assert.Contains(t, f[1].Because, "no such page")
	assert.Equal(t, samlcheck.Skipped, f[2].Outcome, "a document that nobody gave")
}

func TestEqualWorkIsDoneOnce(t *testing.T) {
	t.Parallel()
	p := engine.NewPlan([]samlcheck.Check{
		foreign("a/one", "https://one.example"), foreign("a/two", "https://two.example"), foreign("a/three", "https://one.example"),
	}, engine.Permission{Accounts: true, Forgery: true})
	count := map[string]int{}
	for _, perf := range p.Order() {
		count[perf.Trial.Key()]++
	}
	assert.Len(t, p.Trials, 6, "four controls and two questions")
	assert.Equal(t, 2, count[trial.Clean().Key()], "before the batch and after it")
	assert.Equal(t, 1, count[trial.CleanAgain().Key()], "known-1 speaks for known-2")
}

func TestControlsAreRepeatedAfterEveryBatch(t *testing.T) {
	t.Parallel()
	var checks []samlcheck.Check
	for n := range 39 { // batches of 16, 16 and 7
		checks = append(checks, foreign(fmt.Sprint("a/", n), fmt.Sprintf("https://%d.example", n)))
	}
	order := engine.NewPlan(checks, engine.Permission{Accounts: true, Forgery: true}).Order()
	known, since := 0, 0
	for _, perf := range order {
		switch {
		case perf.Trial.Role == trial.Probe:
			since++
			assert.LessOrEqual(t, since, 16)
		case perf.Again > 0:
			since = 0
			if perf.Trial.Part == trial.KnownIn {
				known++
			}
		}
	}
	assert.Equal(t, 3, known)
	assert.Zero(t, since, "nothing is asked after the last controls")
}

func TestWhatIsNotPermittedIsNotSent(t *testing.T) {
	t.Parallel()
	weighed := trial.Against(forge.Audience("https://other.example"))
	weighed[4].Role = trial.Control // a control that its judge weighs himself
	p := engine.NewPlan([]samlcheck.Check{
		foreign("a/forges", "https://one.example"),
		{ID: "a/weighs", Trials: weighed},
		{ID: "a/enrols", Trials: trial.With(trial.Trial{Name: "new", Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Fresh("1")}}}})},
	}, engine.Permission{Why: "ask the owner"})
	require.Len(t, p.Skipped, 2)
	assert.Contains(t, p.Skipped[0].Reason, "forged messages. ask the owner")
	assert.Contains(t, p.Skipped[1].Reason, "accounts")
	require.Len(t, p.Checks, 1)
	for _, tr := range p.Trials {
		forgery, accounts := engine.Needs(tr)
		assert.False(t, forgery || accounts, tr.Name)
	}
}

func TestStopsWhenNobodyAnswers(t *testing.T) {
	t.Parallel()
	gone := func(transcript.Step) transcript.Step {
		return transcript.Step{Login: []transcript.Hop{{URL: "https://sp.example/", Error: "cannot connect: refused"}}}
	}
	p := engine.NewPlan([]samlcheck.Check{foreign("a/x", "https://x.example")}, engine.Permission{Accounts: true, Forgery: true})
	n := 0
	err := engine.Perform(t.Context(), p, engine.Stage{
		Face: "okta", Actor: func(trial.Trial) engine.Actor { return &sp{answered: gone} },
		Emit: func(transcript.Run) error { n++; return nil },
	})
	require.ErrorIs(t, err, engine.ErrUnreachable)
	assert.Contains(t, err.Error(), "refused")
	assert.Equal(t, 3, n, "what was seen is kept")
}

func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel()
	busy := func(transcript.Step) transcript.Step {
		return transcript.Step{Login: []transcript.Hop{{URL: "https://sp.example/", Status: http.StatusTooManyRequests, RetryAfter: "7"}}}
	}
	p := engine.NewPlan([]samlcheck.Check{foreign("a/x", "https://x.example")}, engine.Permission{Accounts: true, Forgery: true})
	var waits []time.Duration
	enough := errors.New("enough")
	err := engine.Perform(t.Context(), p, engine.Stage{
		Face: "okta", Actor: func(trial.Trial) engine.Actor { return &sp{answered: busy} },
		Emit: func(transcript.Run) error { return nil },
		Wait: func(_ context.Context, d time.Duration) error {
			if waits = append(waits, d); len(waits) == 2 {
				return enough
			}
			return nil
		},
	})
	require.ErrorIs(t, err, enough)
	assert.Equal(t, []time.Duration{7 * time.Second, 7 * time.Second}, waits)
}

func TestACutRecordIsUndecided(t *testing.T) {
	t.Parallel()
	p := engine.NewPlan([]samlcheck.Check{foreign("a/x", "https://x.example")}, engine.Permission{Accounts: true, Forgery: true})
	f := engine.Judge(p, engine.Docs{}, transcript.Record{Cut: "interrupted"}, time.Now())
	assert.Equal(t, samlcheck.Inconclusive, f[0].Outcome)
	assert.Contains(t, f[0].Because, "interrupted")
	f = engine.Judge(p, engine.Docs{}, transcript.Record{}, time.Now())
	assert.Equal(t, samlcheck.Skipped, f[0].Outcome)
}
