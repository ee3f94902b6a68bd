package storm

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

// storm is the middle part of a run: the logins themselves.
type storm struct {
	o       *Options
	sched   Schedule
	rec     *recorder
	pace    *pace
	samples *samples
	places  *places
	people  map[trial.Person]idp.Person

	begin time.Time
	next  atomic.Int64
	stop  context.CancelFunc // no further logins begin
	used  time.Duration      // CPU of this process while it lasted

	mu      sync.Mutex
	stopped string
}

func newStorm(o *Options, c *controls) *storm {
	s := &storm{o: o, sched: Schedule{o.Logins, o.Rate, o.Ramp}, pace: newPace(o.Ceiling), places: c.places, people: o.Stage.People}
	s.rec = newRecorder(s.sched.spans())
	s.samples = newSamples(o, c)
	return s
}

// silentInARow is how many logins in a row may get no answer before the storm
// ends: who is gone is not asked a thousand times more.
func (s *storm) silentInARow() int { return max(20, 2*s.o.Workers) }

// why says why it ended early; "" when it did not.
func (s *storm) why() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// halt lets no further login begin. The first reason counts.
func (s *storm) halt(why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped == "" {
		s.stopped = why
	}
	s.stop()
}

// blow makes all logins. When it returns, none is under way.
func (s *storm) blow(ctx context.Context) {
	going, stop := context.WithCancel(ctx)
	defer stop()
	s.stop = stop
	s.begin = s.o.Now()
	cpu := s.cpu()
	over := make(chan struct{})
	var clock, work sync.WaitGroup
	clock.Go(func() { s.tick(going, over) })
	for range s.o.Workers {
		work.Go(func() { s.work(ctx, going) })
	}
	work.Wait()
	s.samples.wait()
	s.used = s.cpu() - cpu
	close(over)
	stop()
	clock.Wait()
}

func (s *storm) cpu() time.Duration {
	if s.o.CPU == nil {
		return 0
	}
	return s.o.CPU()
}

// work takes one login after the other. What is under way when the storm is
// halted comes to its end; ctx alone cuts it off.
func (s *storm) work(ctx, going context.Context) {
	body := new(bytes.Buffer) // one for all logins of a worker
	for {
		n := int(s.next.Add(1)) - 1
		if n >= s.o.Logins {
			return
		}
		intended := s.begin.Add(s.sched.At(n))
		if s.o.Wait(going, intended.Sub(s.o.Now())) != nil {
			return
		}
		if now := s.o.Now(); s.o.Wait(going, s.pace.reserve(now).Sub(now)) != nil {
			return
		}
		if n%s.o.Sample == s.o.Sample/2 && s.samples.take(ctx, s, n, intended) {
			continue
		}
		began := s.o.Now()
		s.rec.begin(n, began.Sub(s.begin))
		l := light{o: s.o, places: s.places, body: body, out: outcome{n: n, intended: intended, began: began}}
		s.login(ctx, &l)
		s.over(l.out)
	}
}

// login makes one light login.
func (s *storm) login(ctx context.Context, l *light) {
	in, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	who := s.who(l.out.n)
	l.reply = replyTo(s.o, who)
	l.drive(in, who)
	l.out.ended = s.o.Now()
	if ctx.Err() != nil {
		l.out.kind = interrupted
	}
}

// over counts a login, and heeds what it says of the service provider.
func (s *storm) over(o outcome) {
	quiet := s.rec.end(o, s.begin)
	switch {
	case o.asked != "" && !s.o.Persist:
		s.halt("the service provider asked to be left alone: " + o.asked)
	case quiet >= s.silentInARow():
		s.halt(fmt.Sprintf("the service provider is gone: the last %d logins got no answer (%s)", quiet, o.kind))
	}
}

// who makes the n-th login.
func (s *storm) who(n int) idp.Person {
	if !s.o.Fresh {
		return s.people[trial.Known]
	}
	ref := newcomer(n)
	if p, ok := s.people[ref]; ok {
		return p
	}
	return actor.People(s.o.Stage.Target, s.o.RunID, []trial.Person{ref})[ref]
}

func newcomer(n int) trial.Person { return trial.Fresh(fmt.Sprintf("s%d", n)) }

// replyTo is how the identity provider answers for a person, as in any run.
func replyTo(o *Options, who idp.Person) idp.Reply {
	t := o.Stage.Target
	return idp.Reply{Person: who, SP: o.Stage.SP, NameIDFormat: t.People.NameIDFormat, Rich: !t.People.Attributes.Plain}
}

// tick looks at the clock when a window ends, until the storm is over.
func (s *storm) tick(going context.Context, over <-chan struct{}) {
	used := s.cpu()
	for i := range s.rec.spans {
		at := s.begin.Add(s.rec.spans[i].end)
		if s.o.Wait(going, at.Sub(s.o.Now())) != nil {
			return
		}
		now := s.cpu()
		p := s.rec.progress(i, now-used)
		used = now
		select {
		case <-over:
			return
		default:
		}
		if s.o.Told != nil {
			s.o.Told(p)
		}
	}
}

// asks says in what words a service provider asks to be left alone; "" when it
// does not (RFC 6585, 4; RFC 9110, 10.2.3).
func asks(status int, retryAfter string) string {
	switch {
	case status == http.StatusTooManyRequests && retryAfter != "":
		return "429, Retry-After: " + short(retryAfter)
	case status == http.StatusTooManyRequests:
		return "429"
	case retryAfter != "":
		return fmt.Sprintf("%d, Retry-After: %s", status, short(retryAfter))
	}
	return ""
}

func short(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}
