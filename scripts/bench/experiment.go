//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// experiments times the JIT experiment against the stand-in, in one process
// with it, in each browser.
func experiments(ctx context.Context, t *table) error {
	for _, c := range []struct {
		browser string
		goal    time.Duration
	}{{"plain", 2 * time.Second}, {"chromium", 15 * time.Second}} {
		what := "the JIT experiment, " + c.browser + ", wall clock"
		took, _, err := experiment(ctx, suite.Options{Browser: c.browser, Select: []string{suite.JIT}})
		if errors.Is(err, chromium.ErrMissing) {
			t.missing(what, err)
			continue
		}
		if err != nil {
			return err
		}
		t.add(figure{what: what, ours: secs(float64(took)), goal: "at most " + secs(float64(c.goal)), met: verdict(took <= c.goal)})
	}
	return nil
}

// catalogue times all checks as one face, one question after the other and eight
// at once.
func catalogue(ctx context.Context, t *table) error {
	const goal = 20 * time.Second
	var alone time.Duration
	for _, parallel := range []int{1, 8} {
		took, _, err := experiment(ctx, suite.Options{Parallel: parallel})
		if err != nil {
			return err
		}
		f := figure{what: fmt.Sprintf("the whole catalogue, %d at once, wall clock", parallel), ours: secs(float64(took)), goal: "at most " + secs(float64(goal)), met: verdict(took <= goal)}
		if parallel == 1 {
			alone = took
		} else {
			f.peer, f.rate = "one at a time "+secs(float64(alone)), fmt.Sprintf("%.2f of it", float64(took)/float64(alone))
		}
		t.add(f)
	}
	return nil
}

func experiment(ctx context.Context, o suite.Options) (time.Duration, *suite.Result, error) {
	state, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(state)
	sp, err := samepage.Start(samepage.Options{JIT: samepage.Create}) //nolint:contextcheck // it lives as long as we do
	if err != nil {
		return 0, nil, err
	}
	defer sp.Close() //nolint:contextcheck // as above
	t, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, false)), os.LookupEnv)
	if err != nil {
		return 0, nil, err
	}
	if err := sp.Server.Invite(samepage.KnownMember, samepage.RoleMember); err != nil {
		return 0, nil, err
	}
	i, err := suite.IdP("okta", suite.Options{Loaded: t})
	if err != nil {
		return 0, nil, err
	}
	if err := sp.Server.AddIdP(i.Metadata()); err != nil {
		return 0, nil, err
	}
	began := time.Now()
	o.Loaded, o.Faces = t, []string{"okta"}
	res, err := suite.Run(ctx, o)
	return time.Since(began), res, err
}
