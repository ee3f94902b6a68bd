package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

func (a *app) offboardCmd() *cobra.Command {
	var f runFlags
	var watch time.Duration
	var plan bool
	c := &cobra.Command{
		Use: "offboard", Short: "what is left to somebody whom the identity provider no longer lets in", Args: noArgs,
		Long: "Signs the known member in, takes the app away from him at the mock identity provider, and looks at his\n" +
			"session again until it is dead or --watch is over, with doubling waits. Nobody is really locked out: the\n" +
			"revocation is the mock's own. One face is used unless --face names more.",
		RunE: func(c *cobra.Command, _ []string) error {
			if watch < 0 {
				return usageError{errors.New("--watch is how long to watch: 15m, 12h; 0 looks once")}
			}
			if err := knownFormat(f.format); err != nil {
				return err
			}
			o, err := a.options(f, nil)
			if err != nil {
				return err
			}
			o.Watch = watch
			if plan {
				p, err := suite.PlanOffboard(c.Context(), o)
				if err != nil {
					return err
				}
				if f.format == "json" {
					return a.json(p)
				}
				a.showPlan(p, o)
				return nil
			}
			res, err := suite.Offboard(c.Context(), o)
			if res != nil && f.format == "text" {
				a.endProgress()
				a.quote(res.Revealed())
			}
			return a.ended(res, err, f)
		},
	}
	f.add(c)
	f.addOutput(c)
	c.Flags().DurationVar(&watch, "watch", 15*time.Minute, "how long sessions are watched; 0 looks once")
	c.Flags().BoolVar(&plan, "plan", false, "only say what would be done, and how long it takes")
	return c
}

// quote prints what an auditor asks for: one sentence for each question.
func (a *app) quote(r report.Report) {
	for _, face := range r.Faces {
		fmt.Fprintf(a.out, "Off-boarding, as %s, on %s\n", face.Face, r.Started.UTC().Format("2006-01-02 15:04 UTC"))
		for _, x := range face.Findings {
			if name, ok := strings.CutPrefix(x.Check, "offboarding/"); ok {
				fmt.Fprintf(a.out, "  %-22s %s\n", name, x.Because)
			}
		}
		fmt.Fprintln(a.out)
	}
}
