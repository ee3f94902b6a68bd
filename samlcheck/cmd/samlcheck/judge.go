package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

func (a *app) judgeCmd() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "judge BUNDLE", Short: "judge a stored transcript again, offline", Args: exactly(1, "one bundle's folder"),
		Long: `Judges the transcript of a bundle again, with this version's catalogue, without a
network, and says what it judges otherwise than the run did. Checks that did not exist
then are judged where the transcript answers them already; others need a new run.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := knownFormat(format); err != nil {
				return err
			}
			b, err := readBundle(args[0])
			if err != nil {
				return err
			}
			r, err := suite.Judge(args[0])
			if err != nil {
				return err
			}
			a.code = r.Summary.Exit
			if err := a.write(r, format, report.TextOptions{}); err != nil {
				return err
			}
			to := a.out
			if format != "text" {
				to = a.err
			}
			if !a.quiet && len(b.Report.Faces) > 0 {
				sayNew(to, b.Report, *r)
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", formats)
	return c
}

// sayNew says what is judged otherwise than in the run's own report.
func sayNew(w io.Writer, was, is report.Report) {
	then := fmt.Sprintf("the run's own report (%s %s, %s)", was.Tool.Name, was.Tool.Version, was.Started.UTC().Format("2006-01-02"))
	drifts := bundle.Verdicts(was, is)
	if len(drifts) == 0 {
		fmt.Fprintf(w, "\nnothing is judged otherwise than in %s\n", then)
		return
	}
	fmt.Fprintf(w, "\nsince %s\n", then)
	for _, d := range drifts {
		switch {
		case d.Was == "":
			fmt.Fprintf(w, "  new      %s  %s: %s\n", d.Face, d.What, d.Is)
		case d.Is == "":
			fmt.Fprintf(w, "  gone     %s  %s, which was %s\n", d.Face, d.What, d.Was)
		default:
			fmt.Fprintf(w, "  changed  %s  %s: %s, was %s\n", d.Face, d.What, d.Is, d.Was)
		}
	}
}
