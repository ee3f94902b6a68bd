package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/suite"
)

func (a *app) planCmd() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use: "plan [PATH...]", Short: "what a run would do: logins, accounts, hosts",
		RunE: func(c *cobra.Command, paths []string) error {
			o, err := a.options(f, paths)
			if err != nil {
				return err
			}
			p, err := suite.Plan(c.Context(), o)
			if err != nil {
				return err
			}
			if f.format == "json" {
				return a.json(p)
			}
			a.showPlan(p, o)
			return nil
		},
	}
	f.add(c)
	f.addProfile(c)
	f.addMinimise(c)
	c.Flags().StringVar(&f.format, "format", "text", "text, json")
	return c
}

func (a *app) showPlan(p *suite.PlanInfo, o suite.Options) {
	fmt.Fprintf(a.out, "%s\nTalks to %s and to nobody else.\n", p.Target, strings.Join(p.Hosts, ", "))
	forged := 0
	for _, face := range p.Faces {
		forged += face.Forged
		fmt.Fprintf(a.out, "\nAs %s: %d checks, %d logins", face.Face, len(face.Checks), face.Logins)
		if face.Further > 0 {
			fmt.Fprintf(a.out, "; up to %d more to find which attributes a newcomer needs", face.Further)
		}
		if len(face.Skipped) > 0 {
			fmt.Fprintf(a.out, "; %d checks left out", len(face.Skipped))
		}
		fmt.Fprintln(a.out)
		if face.Cards > 0 {
			fmt.Fprintf(a.out, "By hand: %d cards on the guided page, about %d clicks.\n", face.Cards, face.Clicks)
		}
		if face.Watched > 0 {
			fmt.Fprintf(a.out, "Watches sessions for up to %s.\n", time.Duration(face.Watched)*time.Second)
		}
		if len(face.Accounts) > 0 {
			fmt.Fprintf(a.out, "May create up to %d accounts: %s (the names differ in each run).\n%s\n",
				len(face.Accounts), strings.Join(face.Accounts, ", "), fate(o.Loaded.Members))
		}
		if !a.verbose {
			continue
		}
		for _, t := range face.Trials {
			fmt.Fprintln(a.out, "  "+t)
		}
		for _, s := range face.Skipped {
			fmt.Fprintln(a.out, "  left out: "+s)
		}
	}
	fmt.Fprintf(a.out, "\nTakes %s.\n%sSends forged responses: %s. Sends load: no.\n",
		lasts(p, o.Loaded.Loopback()), asks(p), yes(forged > 0, forged))
	if !o.Loaded.Loopback() && (!o.Loaded.Allows("accounts") || !o.Loaded.Allows("forgery")) {
		fmt.Fprintln(a.out, "Not allowed there yet: add `allow: [accounts, forgery]` to the target file if it is yours to test.")
	}
}

func yes(is bool, n int) string {
	if is {
		return fmt.Sprintf("yes, %d", n)
	}
	return "no"
}

func (a *app) json(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
