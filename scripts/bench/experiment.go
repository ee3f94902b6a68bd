//go:build unix

package main

import (
	"context"
	"errors"
	"os"
	"time"

	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// experiments times the JIT experiment against the stand-in, in one process
// with it, in each browser. The goals are 2 s and 15 s on an idle machine.
func experiments(ctx context.Context) error {
	for _, c := range [][2]string{{"plain", "2 s"}, {"chromium", "15 s"}} {
		browser, goal := c[0], c[1]
		took, err := experiment(ctx, browser)
		if errors.Is(err, chromium.ErrMissing) {
			row("the JIT experiment, "+browser, "not measured: %v", err)
			continue
		}
		if err != nil {
			return err
		}
		row("the JIT experiment, "+browser, "%.1f s of wall clock (goal %s)", took.Seconds(), goal)
	}
	return nil
}

func experiment(ctx context.Context, browser string) (time.Duration, error) {
	state, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(state)
	sp, err := samepage.Start(samepage.Options{JIT: samepage.Create}) //nolint:contextcheck // it lives as long as we do
	if err != nil {
		return 0, err
	}
	defer sp.Close() //nolint:contextcheck // as above
	t, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, false)), os.LookupEnv)
	if err != nil {
		return 0, err
	}
	if err := sp.Server.Invite(samepage.KnownMember, samepage.RoleMember); err != nil {
		return 0, err
	}
	i, err := suite.IdP("okta", suite.Options{Loaded: t})
	if err != nil {
		return 0, err
	}
	if err := sp.Server.AddIdP(i.Metadata()); err != nil {
		return 0, err
	}
	began := time.Now()
	_, err = suite.Run(ctx, suite.Options{Loaded: t, Faces: []string{"okta"}, Select: []string{suite.JIT}, Browser: browser})
	return time.Since(began), err
}
