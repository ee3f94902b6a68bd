package checktest

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// bench runs catalogues against stand-ins. The identity providers keep their
// keys, which are costly to make; every stand-in is new.
type bench struct {
	idps map[string]*idp.IdP
	key  *rsa.PrivateKey // of every stand-in

	parallel int // questions asked at once; 0 is one after the other
}

func newBench(t *testing.T) *bench {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	b := &bench{idps: map[string]*idp.IdP{}, key: key}
	for _, name := range face.All() {
		p, err := face.New(name, target.IdP{Okta: target.Okta{SLO: true}})
		require.NoError(t, err)
		b.idps[name], err = idp.New(p, idp.Options{})
		require.NoError(t, err)
	}
	return b
}

// run performs the checks on a new stand-in under one face, and returns the
// findings by check, weighed as if every check were a Must.
func (b *bench) run(t *testing.T, name string, o samepage.Options, checks []samlcheck.Check) map[string]samlcheck.Finding {
	t.Helper()
	c := &clock{}
	o.Now, o.Key = c.now, b.key
	sp, err := samepage.Start(o)
	require.NoError(t, err)
	defer func() { require.NoError(t, sp.Close()) }()
	mock := b.idps[name]
	require.NoError(t, sp.Server.AddIdP(mock.Metadata()))
	require.NoError(t, sp.Server.InviteKnown())
	if slices.Contains(o.Quirks, samepage.QuirkLockedKnown) {
		require.NoError(t, sp.Server.Disable(samepage.KnownMember))
	}
	weighed := make([]samlcheck.Check, 0, len(checks))
	for _, c := range checks {
		c.Level = samlcheck.Must
		weighed = append(weighed, c)
	}
	plan := engine.NewPlan(weighed, engine.Permission{Accounts: true, Forgery: true, Load: true})
	doc, err := metadata.Fetch(t.Context(), http.DefaultClient, sp.MetadataURL)
	require.NoError(t, err)
	own, err := metadata.Parse(mock.Metadata(), name)
	require.NoError(t, err)
	rec := b.perform(t, name, sp, doc, plan, c)
	out := map[string]samlcheck.Finding{}
	for _, f := range engine.Judge(plan, engine.Docs{SP: doc, IdP: own}, rec, time.Now()) {
		out[f.Check] = f
	}
	return out
}

func (b *bench) perform(t *testing.T, name string, sp *samepage.Running, doc *metadata.Doc, plan *engine.Plan, c *clock) transcript.Record {
	t.Helper()
	mock := b.idps[name]
	tg, err := target.Parse("target.yaml", []byte(sp.TargetFile(t.TempDir(), true)), nil)
	require.NoError(t, err)
	about, err := idp.ReadSP(doc.Raw, sp.MetadataURL)
	require.NoError(t, err)
	people := actor.People(tg, "proof", trial.People(plan.Trials))
	transport := plain.NewTransport(nil)
	defer transport.CloseIdleConnections()
	stage := &actor.Stage{
		Target: tg, IdP: mock, SP: about, Watch: actor.Watching{For: watchTime, Now: c.now, Wait: c.wait},
		People: people, Base: transport, Members: sp.Directory(), CallBack: true,
		Browser: func(rt http.RoundTripper) browser.Browser {
			return plain.New(plain.Options{Transport: rt, IdPHosts: mock.Hosts()})
		},
	}
	rec := transcript.Record{Face: name, Browser: "plain", RunID: "proof", People: actor.Folded(people)}
	require.NoError(t, engine.Perform(t.Context(), plan, engine.Stage{
		Face: name, Parallel: b.parallel, Actor: func(tr trial.Trial) engine.Actor { return timed{stage.New(tr), c} },
		Seen: func() transcript.Record { return rec },
		Emit: func(r transcript.Run) error { rec.Runs = append(rec.Runs, r); return nil },
	}))
	return rec
}
