package main

import (
	"github.com/spf13/cobra"

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
	c.Flags().StringVar(&format, "format", "text", formats)
	return c
}
