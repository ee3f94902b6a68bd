package main

import (
	"cmp"
	"fmt"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/report"
)

// drift says what two runs did not see alike.
func (a *app) drift(was, is, format string) error {
	old, err := readBundle(was)
	if err != nil {
		return err
	}
	now, err := readBundle(is)
	if err != nil {
		return err
	}
	drifts, err := bundle.Drifted(old, now)
	if err != nil {
		return err
	}
	for _, d := range drifts {
		if d.Worse {
			a.code = report.ExitFailed
		}
	}
	if format == "json" {
		return a.json(struct {
			Was   string         `json:"was"`
			Is    string         `json:"is"`
			Drift []bundle.Drift `json:"drift"`
		}{was, is, append([]bundle.Drift{}, drifts...)})
	}
	if len(drifts) == 0 {
		fmt.Fprintln(a.out, "both runs saw the same")
	}
	for _, d := range drifts {
		mark := ""
		if d.Worse {
			mark = "WORSE  "
		}
		how := "not as it was"
		if d.Was != "" || d.Is != "" {
			how = cmp.Or(d.Was, "nothing") + ", now " + cmp.Or(d.Is, "nothing")
		}
		fmt.Fprintf(a.out, "%s%s  %s  %s: %s\n", mark, d.Kind, cmp.Or(d.Face, "-"), d.What, how)
	}
	fmt.Fprintf(a.out, "exit %d\n", a.code)
	return nil
}
