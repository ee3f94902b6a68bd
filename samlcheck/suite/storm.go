package suite

import (
	"context"
	"maps"
	"net/http"
	"runtime"
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/storm"
)

// Storm sends login load to a target that allows it, as one face: the first that
// is named, or the target file's first. See package storm for what it says, and
// what it refuses. An error without a result is the user's to mend, or says that
// the service provider does not answer; with one it is the context's.
func Storm(ctx context.Context, o Options, s storm.Options) (*storm.Result, error) {
	t, err := o.target()
	if err != nil {
		return nil, err
	}
	o.Loaded, o.Browser = t, byHTTP
	if len(o.Faces) == 0 {
		o.Faces = t.IdP.Faces[:1]
	}
	if len(o.Faces) > 1 {
		return nil, usagef("--face okta, then --face entra", "suite: a storm has one face, not %d: two would share one service provider's answers", len(o.Faces))
	}
	if o.Transport == nil {
		if o.Transport, err = reach(t); err != nil {
			return nil, err
		}
		widen(o.Transport, s.Workers)
	}
	j, err := prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.Allowed(j.t); err != nil { // before anything is asked of the host
		return nil, err
	}
	if err := j.greet(ctx); err != nil {
		return nil, err
	}
	faces, err := j.openFaces([]samlcheck.Check{{ID: "storm/controls", Trials: storm.Trials(false)}})
	if err != nil {
		return nil, err
	}
	f := faces[0]
	if s.Redact, err = j.redactor(faces); err != nil {
		return nil, err
	}
	f.stage.People = maps.Clone(f.stage.People)
	s.Stage, s.Face, s.RunID, s.Forged = f.stage, f.name, j.runID, j.t.Allows("forgery")
	s.Tool, s.Again, s.Now, s.Wait, s.Cores = tool(), j.command(), o.Now, o.Wait, runtime.GOMAXPROCS(0)
	s.Target = report.Target{Name: j.t.Name, EntityID: j.sp.EntityID, Hosts: slices.Clone(j.t.Hosts()), Kind: report.LiveTarget}
	if j.standIn {
		s.Target.Kind = report.StandIn
	}
	return storm.Run(ctx, s)
}

// widen keeps a connection warm for each worker, and for those that look around.
func widen(rt http.RoundTripper, workers int) {
	if t, ok := rt.(*http.Transport); ok {
		t.MaxIdleConnsPerHost = workers + workers/4 + 2
		t.MaxIdleConns = 0
	}
}
