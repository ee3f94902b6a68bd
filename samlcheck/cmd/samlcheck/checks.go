package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/suite"
)

// checkInfo is one check as `checks --format json` prints it.
type checkInfo struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Level  string   `json:"level"`
	Cites  []string `json:"cites"`
	Remedy string   `json:"remedy"`
	Trials []string `json:"trials"`
}

func (a *app) checksCmd() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "checks [ID...]", Short: "list the checks, or explain one: clause, trials, remedy",
		RunE: func(_ *cobra.Command, ids []string) error {
			cs, err := suite.Select(ids...)
			if err != nil {
				return err
			}
			if format == "json" {
				out := []checkInfo{}
				for _, c := range cs {
					out = append(out, infoOf(c))
				}
				return a.json(out)
			}
			for _, c := range cs {
				if len(ids) == 0 || len(cs) > 1 {
					fmt.Fprintf(a.out, "%-40s %-6s %s\n", c.ID, c.Level, c.Title)
					continue
				}
				a.explain(c)
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	return c
}

func infoOf(c samlcheck.Check) checkInfo {
	out := checkInfo{ID: c.ID, Title: c.Title, Level: c.Level.String(), Remedy: c.Remedy, Cites: []string{}, Trials: []string{}}
	for _, cl := range c.Cites {
		out.Cites = append(out.Cites, cl.String())
	}
	for _, t := range c.Trials {
		for _, s := range t.Steps {
			out.Trials = append(out.Trials, t.Name+": "+s.Do.String())
		}
	}
	return out
}

func (a *app) explain(c samlcheck.Check) {
	fmt.Fprintf(a.out, "%s (%s)\n%s\n\n", c.ID, c.Level, c.Title)
	for _, cl := range c.Cites {
		fmt.Fprintf(a.out, "clause  %s\n        %s\n", cl, cl.Source.URL)
	}
	for _, t := range infoOf(c).Trials {
		fmt.Fprintf(a.out, "does    %s\n", t)
	}
	fmt.Fprintf(a.out, "fix     %s\nproof   holds: %s; violated: %s\n", c.Remedy, c.Proof.Holds, c.Proof.Violated)
}
