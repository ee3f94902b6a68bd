package storm

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/engine"
)

// blown runs a storm in a bubble: hours pass in no time, and the same each time.
func blown(t *testing.T, f *fake, yaml string, change func(*Options)) (res *Result, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := options(t, f, yaml)
		if change != nil {
			change(&o)
		}
		res, err = Run(t.Context(), o)
	})
	return res, err
}

func TestStormThatIsWeathered(t *testing.T) {
	t.Parallel()
	var told []Progress
	res, err := blown(t, &fake{takes: 20 * time.Millisecond}, "", func(o *Options) { o.Told = func(p Progress) { told = append(told, p) } })
	require.NoError(t, err)
	assert.Equal(t, ExitWell, res.Exit)
	assert.True(t, res.Controls.Known, res.Controls.Because)
	assert.True(t, res.Controls.Tells)
	assert.True(t, res.Controls.Steady)
	assert.Equal(t, Logins{Started: 200, Known: 200}, res.Logins)
	assert.Equal(t, 20, res.Samples.In)
	assert.Equal(t, 20, res.Samples.Taken)
	assert.Equal(t, 200, res.Latency.Logins)
	assert.InDelta(t, 20, res.Latency.P50, 0.1)
	assert.InDelta(t, 20, res.Latency.Max, 0.1)
	assert.False(t, res.Saturation.Reached, res.Saturation.Because)
	assert.InDelta(t, 50, res.Saturation.Held, 0.1)
	assert.Nil(t, res.Accounts)
	require.NotEmpty(t, told)
	assert.Equal(t, 200, told[len(told)-1].Of)
}

// A service provider that works on four responses of 40 ms at once gives at most
// a hundred logins a second.
func TestSaturationPointIsFound(t *testing.T) {
	t.Parallel()
	res, err := blown(t, &fake{takes: 40 * time.Millisecond, limit: 4}, "", func(o *Options) {
		o.Load = Load{Logins: 1200, Rate: 200, Ramp: 10 * time.Second, Workers: 64}
	})
	require.NoError(t, err)
	assert.Equal(t, ExitWell, res.Exit, "late is not failed")
	assert.True(t, res.Saturation.Reached)
	assert.Equal(t, BySP, res.Saturation.Limit, res.Saturation.Because)
	assert.InDelta(t, 100, res.Saturation.Held, 15, res.Saturation.Because)
	assert.InDelta(t, 100, res.Saturation.Gave, 5, res.Saturation.Because)
}

// Two workers cannot make more than fifty logins of 40 ms a second; the service
// provider is not to blame.
func TestTooFewWorkersAreNotTheServiceProviders(t *testing.T) {
	t.Parallel()
	res, err := blown(t, &fake{takes: 40 * time.Millisecond}, "", func(o *Options) {
		o.Load = Load{Logins: 700, Rate: 100, Ramp: 10 * time.Second, Workers: 2}
	})
	require.NoError(t, err)
	assert.True(t, res.Saturation.Reached)
	assert.Equal(t, ByWorkers, res.Saturation.Limit, res.Saturation.Because)
}

// A service provider that stands still for two seconds makes everybody wait who
// came meanwhile. A tool that asks again only after an answer would see one slow
// login among two hundred.
func TestLatencyCountsFromTheIntendedStart(t *testing.T) {
	t.Parallel()
	f := &fake{takes: time.Millisecond}
	f.hook = func(ctx context.Context, n int) (*http.Response, error) {
		if n == 50 {
			return nil, engine.Wait(ctx, 2*time.Second)
		}
		return nil, nil
	}
	res, err := blown(t, f, "", func(o *Options) { o.Load = Load{Logins: 100, Rate: 20, Workers: 1, Sample: 1000} })
	require.NoError(t, err)
	assert.Greater(t, res.Latency.P90, 1000.0, "a third of them were due while it stood still")
	assert.Less(t, res.Service.P90, 10.0, "though only one answer took long")
	assert.InDelta(t, 2000, res.Service.Max, 10)
}

func TestCeilingHoldsWhenCatchingUp(t *testing.T) {
	t.Parallel()
	f := &fake{}
	var at []time.Time
	f.hook = func(ctx context.Context, n int) (*http.Response, error) {
		f.mu.Lock()
		at = append(at, time.Now())
		f.mu.Unlock()
		if n < 20 {
			return nil, engine.Wait(ctx, 2*time.Second)
		}
		return nil, nil
	}
	_, err := blown(t, f, "", func(o *Options) {
		o.Load = Load{Logins: 100, Rate: 20, Workers: 16, Ceiling: 25, Sample: 1000}
	})
	require.NoError(t, err)
	at = at[len(at)-60 : len(at)-1] // the storm's last ones, after the stall; the last of all is a control
	for i := 1; i < len(at); i++ {
		assert.GreaterOrEqual(t, at[i].Sub(at[i-1]), 40*time.Millisecond-time.Microsecond)
	}
}

func TestFreshPeopleAreCounted(t *testing.T) {
	t.Parallel()
	res, err := blown(t, &fake{jit: true}, "", func(o *Options) { o.Fresh = true })
	require.NoError(t, err)
	assert.Equal(t, ExitWell, res.Exit)
	assert.Equal(t, 20, res.Samples.In, "%+v", res.Samples)
	assert.Equal(t, &Accounts{200, "samlcheck-7f3a-s*@acme.example", "samlcheck-7f3a-s0@acme.example", "samlcheck-7f3a-s199@acme.example"}, res.Accounts)

	res, err = blown(t, &fake{}, "", func(o *Options) { o.Fresh = true })
	require.NoError(t, err)
	assert.Equal(t, ExitFailed, res.Exit)
	assert.Equal(t, 200, res.Logins.Refused)
	assert.Equal(t, 200, res.Logins.Failed)
	assert.Equal(t, RefusedLogin, res.Failures[0].Kind)
	assert.Equal(t, 20, res.Samples.Out)
}

// Where the known member and a refused login come to rest at one place, only the
// oracle can tell them apart, and only of the logins that it saw.
func TestPlacesThatDoNotTell(t *testing.T) {
	t.Parallel()
	res, err := blown(t, &fake{same: true, jit: true}, "", func(o *Options) { o.Fresh = true })
	require.NoError(t, err)
	assert.False(t, res.Controls.Tells)
	assert.Equal(t, 200, res.Logins.Untold)
	assert.Zero(t, res.Logins.Known)
	assert.Equal(t, 20, res.Samples.In)
	assert.Equal(t, ExitWell, res.Exit)

	res, err = blown(t, &fake{same: true}, "", func(o *Options) { o.Fresh = true })
	require.NoError(t, err)
	assert.Zero(t, res.Logins.Failed, "by place alone nothing failed")
	assert.Equal(t, 20, res.Samples.Out)
	assert.Equal(t, ExitFailed, res.Exit)
}

// A known member who does not get in himself makes load pointless: none is sent.
func TestNothingIsSentWhereTheKnownMemberDoesNotGetIn(t *testing.T) {
	t.Parallel()
	f := &fake{shut: true}
	res, err := blown(t, f, "", nil)
	require.NoError(t, err)
	assert.Equal(t, ExitUnknown, res.Exit)
	assert.Zero(t, res.Logins.Started)
	assert.Contains(t, res.Stopped, "the known member's own login came to rest like one that cannot be in")
	assert.Less(t, f.posts, 10, "controls only")
	var text strings.Builder
	require.NoError(t, WriteText(&text, res, TextOptions{}))
	assert.NotContains(t, text.String(), "saturation", "of which nothing can be said")
}

func TestServiceProviderThatDies(t *testing.T) {
	t.Parallel()
	f := &fake{takes: 10 * time.Millisecond}
	f.hook = func(_ context.Context, n int) (*http.Response, error) {
		if n > 60 {
			return nil, syscall.ECONNREFUSED
		}
		return nil, nil
	}
	res, err := blown(t, f, "", nil)
	require.NoError(t, err)
	assert.Equal(t, ExitFailed, res.Exit)
	assert.Contains(t, res.Stopped, "gone: the last 32 logins got no answer (connection refused)")
	assert.Equal(t, Refused, res.Failures[0].Kind)
	assert.InDelta(t, 32, res.Failures[0].Count, 16, "nobody hammers at a closed door")
	assert.Positive(t, res.Logins.NotStarted)
	assert.False(t, res.Controls.Steady)
}

func TestServiceProviderThatSlowsToACrawl(t *testing.T) {
	t.Parallel()
	f := &fake{}
	f.hook = func(ctx context.Context, n int) (*http.Response, error) {
		return nil, engine.Wait(ctx, time.Duration(max(0, n-40))*100*time.Millisecond)
	}
	res, err := blown(t, f, "", func(o *Options) { o.Timeout = 5 * time.Second })
	require.NoError(t, err)
	assert.Equal(t, ExitFailed, res.Exit)
	assert.Equal(t, Timeout, res.Failures[0].Kind)
	assert.Positive(t, res.Logins.Known)
	assert.Contains(t, res.Stopped, "gone")
}

func busy(status int, retry string) *http.Response {
	r := &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/plain"}}, Body: http.NoBody}
	if retry != "" {
		r.Header.Set("Retry-After", retry)
	}
	return r
}

func TestStopsAtTheFirstSign(t *testing.T) {
	t.Parallel()
	for words, answer := range map[string]func() *http.Response{
		"429, Retry-After: 30": func() *http.Response { return busy(429, "30") },
		"503, Retry-After: 5":  func() *http.Response { return busy(503, "5") },
		"429":                  func() *http.Response { return busy(429, "") },
	} {
		ask := func(_ context.Context, n int) (*http.Response, error) {
			if n == 60 {
				return answer(), nil
			}
			return nil, nil
		}
		res, err := blown(t, &fake{takes: time.Millisecond, hook: ask}, "", nil)
		require.NoError(t, err)
		assert.Equal(t, "the service provider asked to be left alone: "+words, res.Stopped)
		assert.InDelta(t, 57, res.Logins.Started, 2)
		assert.Equal(t, 1, res.Logins.Failed)
		assert.Equal(t, ExitFailed, res.Exit)
		if words != "429" {
			continue
		}
		res, err = blown(t, &fake{takes: time.Millisecond, hook: ask}, "", func(o *Options) { o.Persist = true })
		require.NoError(t, err)
		assert.Empty(t, res.Stopped)
		assert.Equal(t, 200, res.Logins.Started)
	}
}

func TestInterruptedKeepsWhatWasSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fake{takes: 300 * time.Millisecond}
		ctx, stop := context.WithCancel(t.Context())
		o := options(t, f, "")
		f.hook = func(_ context.Context, n int) (*http.Response, error) {
			if n == 60 {
				stop()
			}
			return nil, nil
		}
		res, err := Run(ctx, o)
		require.ErrorIs(t, err, context.Canceled)
		require.NotNil(t, res)
		assert.Equal(t, "interrupted", res.Stopped)
		assert.Positive(t, res.Logins.Known)
		assert.Zero(t, res.Logins.Failed, "what we cut off did not fail")
		assert.Positive(t, res.Logins.Cut)
		assert.Equal(t, res.Logins.Started, res.Logins.Known+res.Logins.Cut)
	})
}

func TestResultHoldsNoSecret(t *testing.T) {
	t.Parallel()
	f := &fake{}
	f.hook = func(_ context.Context, n int) (*http.Response, error) {
		if n == 70 {
			return &http.Response{StatusCode: 404, Header: http.Header{"Set-Cookie": {"sid=" + sid}}, Body: http.NoBody}, nil
		}
		return nil, nil
	}
	res, err := blown(t, f, "", nil)
	require.NoError(t, err)
	assert.Equal(t, ExitFailed, res.Exit)
	raw, err := json.Marshal(res)
	require.NoError(t, err)
	var text, page bytes.Buffer
	require.NoError(t, WriteText(&text, res, TextOptions{Verbose: true}))
	require.NoError(t, WriteHTML(&page, res))
	for _, s := range []string{string(raw), text.String(), page.String()} {
		assert.NotContains(t, s, sid)
		assert.NotContains(t, strings.ToLower(s), "alice")
		assert.NotContains(t, s, "SAMLResponse")
		assert.Contains(t, s, "404 at "+spAt+"/acs")
	}
}
