package storm

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestScheduleRisesAndThenStays(t *testing.T) {
	t.Parallel()
	s := Schedule{Logins: 1000, Rate: 50, Ramp: 30 * time.Second}
	assert.Zero(t, s.At(0))
	assert.InDelta(t, 15, s.At(750/4).Seconds(), 0.1, "half the ramp, a quarter of its logins")
	assert.InDelta(t, 30, s.At(750).Seconds(), 1e-6, "the area under the ramp")
	assert.InDelta(t, 35, s.At(1000).Seconds(), 1e-6, "and then fifty a second")
	assert.InDelta(t, 0.020, (s.At(901) - s.At(900)).Seconds(), 1e-6)

	flat := Schedule{Logins: 100, Rate: 10}
	assert.Equal(t, 1500*time.Millisecond, flat.At(15), "no ramp")
}

func TestScheduleIsCutIntoWindowsWithoutGaps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Schedule{
			Logins: rapid.IntRange(1, 20000).Draw(t, "logins"), Rate: rapid.Float64Range(0.1, 500).Draw(t, "rate"),
			Ramp: time.Duration(rapid.IntRange(0, 120).Draw(t, "ramp")) * time.Second,
		}
		spans := s.spans()
		next, at := 0, time.Duration(0)
		for i, x := range spans {
			assert.Equal(t, next, x.from)
			assert.Equal(t, at, x.begin)
			assert.Greater(t, x.to, x.from)
			assert.Greater(t, x.end, x.begin)
			if i > 0 && i < len(spans)-1 {
				assert.GreaterOrEqual(t, x.to-x.from, fewest)
				assert.GreaterOrEqual(t, x.end-x.begin, shortest)
			}
			next, at = x.to, x.end
		}
		assert.Equal(t, s.Logins, next)
		assert.Equal(t, s.Lasts(), at)
		assert.LessOrEqual(t, len(spans), mostSpans+1)
	})
}

func TestPaceKeepsStartsApart(t *testing.T) {
	t.Parallel()
	p, now := newPace(10), time.Unix(0, 0)
	assert.Equal(t, now, p.reserve(now))
	assert.Equal(t, now.Add(100*time.Millisecond), p.reserve(now), "what was due meanwhile is not sent at once")
	assert.Equal(t, now.Add(200*time.Millisecond), p.reserve(now))
	later := now.Add(time.Minute)
	assert.Equal(t, later, p.reserve(later), "and nothing is saved up")
}

func TestMomentsFindTheirWindow(t *testing.T) {
	t.Parallel()
	r := newRecorder(Schedule{Logins: 100, Rate: 10}.spans())
	assert.Equal(t, 0, r.at(0))
	assert.Equal(t, 1, r.at(1500*time.Millisecond))
	assert.Equal(t, 1, r.at(time.Second), "a window ends before its end")
	assert.Equal(t, len(r.spans)-1, r.at(time.Hour))
	assert.Equal(t, int64(1), micros(-time.Second), "a clock that goes back")
	assert.Equal(t, longest, micros(math.MaxInt64))
}
