package storm

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// Schema names the version of the JSON form.
const Schema = "samlcheck.storm/v1"

// Exit codes of a storm, as everywhere in samlcheck.
const (
	ExitWell    = 0 // judged, and every login went well
	ExitFailed  = 1 // logins failed
	ExitUnknown = 3 // nothing can be said of whether people got in
)

// Result is what came of a storm. It holds no message, no cookie, no page and no
// real person's address.
type Result struct {
	Schema   string        `json:"schema"`
	Tool     report.Tool   `json:"tool"`
	Target   report.Target `json:"target"`
	Face     string        `json:"face"`
	Run      string        `json:"run"` // the id that fresh persons carry
	Again    string        `json:"again"`
	Started  time.Time     `json:"started"`
	Finished time.Time     `json:"finished"`
	Asked    Asked         `json:"asked"`
	Stopped  string        `json:"stopped,omitempty"` // why it ended early

	Controls   Controls   `json:"controls"`
	Logins     Logins     `json:"logins"`
	Failures   []Failure  `json:"failures"` // the most frequent first
	Places     []Resting  `json:"places"`   // where logins came to rest, the most frequent first
	Samples    Samples    `json:"samples"`
	Latency    Latency    `json:"latency_ms"` // from the intended start
	Service    Latency    `json:"service_ms"` // from the real start
	Windows    []Window   `json:"windows"`
	Saturation Saturation `json:"saturation"`
	Harness    Harnessed  `json:"harness"`
	Accounts   *Accounts  `json:"accounts,omitempty"`
	Exit       int        `json:"exit"`
}

// Asked is the load that was asked for.
type Asked struct {
	Logins  int     `json:"logins"`
	Rate    float64 `json:"rate"`
	Ramp    float64 `json:"ramp_s"`
	Workers int     `json:"workers"`
	Person  string  `json:"person"` // known, fresh
	Sample  int     `json:"sample_every"`
	Ceiling float64 `json:"ceiling"`
	Timeout float64 `json:"timeout_s"`
	Persist bool    `json:"despite_retry_after,omitempty"`
}

func (l Load) asked() Asked {
	a := Asked{
		Logins: l.Logins, Rate: l.Rate, Ramp: l.Ramp.Seconds(), Workers: l.Workers, Person: "known", Sample: l.Sample,
		Ceiling: l.Ceiling, Timeout: l.Timeout.Seconds(), Persist: l.Persist,
	}
	if l.Fresh {
		a.Person = "fresh"
	}
	return a
}

// Controls is what the logins before and after the storm said.
type Controls struct {
	Known   bool      `json:"known_in"` // the known member is proven to get in
	Because string    `json:"because"`
	Tells   bool      `json:"places_tell"` // a login that cannot be in comes to rest elsewhere than the known member's
	Before  []Control `json:"before"`
	After   *Control  `json:"after,omitempty"` // the known member once more
	Steady  bool      `json:"steady"`          // and lands as before
}

// Control is one of them.
type Control struct {
	Trial   string             `json:"trial"`
	Landing transcript.Landing `json:"landing"`
	Because string             `json:"because"`
}

// Logins counts. What a login resembles is no proof that anybody was in: see Samples.
type Logins struct {
	Started    int `json:"started"`
	NotStarted int `json:"not_started"`
	Known      int `json:"like_known"`   // came to rest where only the known member's logins do
	Refused    int `json:"like_refused"` // where only a login does that cannot be in
	Untold     int `json:"untold"`       // where both do
	Elsewhere  int `json:"elsewhere"`
	Failed     int `json:"failed"`        // the refused ones among them
	Cut        int `json:"cut,omitempty"` // under way when we stopped
}

// Failure is one kind of failure.
type Failure struct {
	Kind   Kind    `json:"kind"`
	Count  int     `json:"count"`
	First  float64 `json:"first_s"` // intended start of the first
	Detail string  `json:"detail"`  // of one of them
}

// Resting is a place where logins came to rest.
type Resting struct {
	Place
	Like  Like `json:"like"`
	Count int  `json:"count"`
}

// Latency in milliseconds, of the logins that came to rest on a page.
type Latency struct {
	Logins int     `json:"logins"`
	Mean   float64 `json:"mean"`
	P50    float64 `json:"p50"`
	P90    float64 `json:"p90"`
	P95    float64 `json:"p95"`
	P99    float64 `json:"p99"`
	P999   float64 `json:"p99_9"`
	Max    float64 `json:"max"`
}

// Harnessed is what the storm cost here.
type Harnessed struct {
	CPU     float64 `json:"cpu_ms_per_login"` // of this process, the sampled logins' extra pages and their reading included; 0 where it was not measured
	Cores   int     `json:"cores"`
	Waited  float64 `json:"p99_waited_ms"` // latency beyond the answers themselves, at the 99th percentile: logins that began late
	Lasted  float64 `json:"lasted_s"`
	Highest float64 `json:"highest_gave"` // logins a second that came to rest, in the best window
}

// Accounts are the accounts that may exist now because of the storm.
type Accounts struct {
	Count   int    `json:"count"`
	Pattern string `json:"pattern"` // samlcheck-7f3a-s*@acme.example
	First   string `json:"first"`
	Last    string `json:"last"`
}

// account puts the recorder's numbers into the result.
func (s *storm) account(res *Result) {
	r := s.rec
	r.mu.Lock()
	defer r.mu.Unlock()
	res.Stopped = s.why()
	res.Asked = s.o.Load.asked()
	res.Logins = Logins{
		Started: r.started, NotStarted: s.o.Logins - r.started, Known: r.likes[LikeKnown], Refused: r.likes[LikeRefused],
		Untold: r.likes[LikeBoth], Elsewhere: r.likes[Elsewhere], Failed: r.failed, Cut: r.cut,
	}
	for k, f := range r.kinds {
		res.Failures = append(res.Failures, Failure{Kind: k, Count: f.n, First: f.first.Seconds(), Detail: f.detail})
	}
	slices.SortFunc(res.Failures, func(a, b Failure) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Kind, b.Kind)) })
	for at, p := range r.places {
		res.Places = append(res.Places, Resting{at, p.like, p.n})
	}
	slices.SortFunc(res.Places, func(a, b Resting) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.URL, b.URL), a.Status-b.Status, a.Answer-b.Answer)
	})
	res.Latency, res.Service = summary(r.latency), summary(r.service)
	whole := true
	for i := range r.spans {
		if whole = whole && r.spans[i].to <= r.last+1; !whole {
			break // a window that was not sent in full says nothing of a rate
		}
		res.Windows = append(res.Windows, r.window(i))
		res.Harness.Highest = max(res.Harness.Highest, r.window(i).Gave)
	}
	res.Saturation = Saturate(res.Windows, s.o.Workers, s.o.Cores)
	if res.Saturation.Reached && s.o.Stage.Target.Loopback() {
		res.Saturation.Because += fmt.Sprintf(". Both ends share this machine's %d processors, so the point is of the two together", s.o.Cores)
	}
	res.Harness.Cores, res.Harness.Lasted = s.o.Cores, r.lastEnd.Seconds()
	res.Harness.Waited = max(0, res.Latency.P99-res.Service.P99)
	if r.started > 0 {
		res.Harness.CPU = s.used.Seconds() * 1000 / float64(r.started)
	}
	res.Samples = s.samples.account()
	if s.o.Fresh && r.started > 0 {
		at := func(n any) string {
			return fmt.Sprintf("samlcheck-%s-s%v@%s", s.o.RunID, n, s.o.Stage.Target.People.Fresh.Domain)
		}
		res.Accounts = &Accounts{Count: r.started, Pattern: at("*"), First: at(0), Last: at(r.last)}
	}
}

// finish draws the conclusion.
func (r *Result) finish(now time.Time) {
	r.Finished = now.UTC()
	if r.Failures == nil {
		r.Failures = []Failure{}
	}
	if r.Places == nil {
		r.Places = []Resting{}
	}
	if r.Windows == nil {
		r.Windows = []Window{}
	}
	told := r.Samples.In > 0 && r.Controls.Known && r.Controls.Steady
	switch {
	case r.Logins.Failed > 0 || r.Samples.Out > 0 && r.Controls.Known:
		r.Exit = ExitFailed
	case told:
		r.Exit = ExitWell
	default:
		r.Exit = ExitUnknown
	}
}
