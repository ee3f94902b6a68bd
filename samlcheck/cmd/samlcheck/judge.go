package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

func (a *app) judgeCmd() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "judge BUNDLE", Short: "judge a stored transcript again, offline", Args: exactly(1, "one bundle's folder"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := knownFormat(format); err != nil {
				return err
			}
			r, err := suite.Judge(args[0])
			if err != nil {
				return err
			}
			a.code = r.Summary.Exit
			return a.write(r, format, report.TextOptions{})
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json, junit, markdown, html")
	return c
}

func (a *app) reportCmd() *cobra.Command {
	var format string
	var verify bool
	c := &cobra.Command{
		Use: "report BUNDLE", Short: "a bundle's report as it was judged then, in another form", Args: exactly(1, "one bundle's folder"),
		Long: "Prints the stored report. Remains of a run that was cut short have none: they are judged now.\n--verify first checks every file against the manifest.",
		RunE: func(_ *cobra.Command, args []string) error {
			if err := knownFormat(format); err != nil {
				return err
			}
			if verify {
				if err := bundle.Verify(args[0]); err != nil {
					return hinted{err, "do not rely on it: take the bundle from where it was made"}
				}
			}
			b, err := bundle.Read(args[0])
			if errors.Is(err, bundle.ErrNotBundle) {
				return hint("name the folder of a bundle, samlcheck-...", "%s holds no evidence bundle", args[0])
			}
			if err != nil {
				return err
			}
			r := &b.Report
			if b.Partial {
				if !a.quiet {
					fmt.Fprintln(a.err, "note: "+b.Note)
				}
				if r, err = suite.Judge(args[0]); err != nil {
					return err
				}
			}
			a.code = r.Summary.Exit
			return a.write(r, format, report.TextOptions{})
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json, junit, markdown, html")
	c.Flags().BoolVar(&verify, "verify", false, "check the hash of every file first")
	return c
}
