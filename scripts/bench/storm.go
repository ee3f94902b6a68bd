//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"example.com/samepage/samlcheck/storm"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// storming is what a login of a storm costs this process, in bare signatures,
// and beside what it costs the stand-in, in a process of its own.
func storming(ctx context.Context, t *table, logins int) error {
	for _, face := range []string{"okta", "entra"} {
		sign, err := bareSignature(400)
		if err != nil {
			return err
		}
		ours, theirs, err := stormCost(ctx, face, logins)
		if err != nil {
			return err
		}
		t.against("a storm's login as "+face+", harness only", float64(ours), float64(sign), micro, "one bare signature", 2)
		t.against("the same", float64(ours), float64(theirs), micro, "the stand-in's own login", 0.4)
	}
	return nil
}

func stormCost(ctx context.Context, face string, logins int) (ours, theirs time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	sp, stop, err := startStandIn(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer stop()
	t, err := target.Parse("bench", []byte(sp.Target+"allow: [load]\n"), os.LookupEnv)
	if err != nil {
		return 0, 0, err
	}
	if t.IdP.State, err = os.MkdirTemp("", "samlcheck-bench-"); err != nil { // the storm's keys are those that were uploaded
		return 0, 0, err
	}
	defer os.RemoveAll(t.IdP.State)
	i, err := suite.IdP(face, suite.Options{Loaded: t})
	if err != nil {
		return 0, 0, err
	}
	if err := sp.upload(ctx, i.Metadata()); err != nil {
		return 0, 0, err
	}
	res, err := suite.Storm(ctx, suite.Options{Loaded: t, Faces: []string{face}}, storm.Options{
		Load: storm.Load{Logins: logins, Rate: 60, Workers: 16, Ceiling: 100}, CPU: used,
	})
	if err != nil {
		return 0, 0, err
	}
	if well := res.Logins.Started - res.Logins.Failed; well < logins {
		return 0, 0, fmt.Errorf("%d of %d logins went well", well, logins)
	}
	return time.Duration(res.Harness.CPU * float64(time.Millisecond)), stop() / time.Duration(logins), nil
}
