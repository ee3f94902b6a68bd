package main

import (
	"cmp"
	"fmt"
	"strings"

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
	older, newer := bundle.Alone(old, now)
	shared := len(now.Report.Faces) > len(newer)
	if !shared && a.code == 0 {
		a.code = report.ExitUndecided
	}
	if format == "json" {
		return a.json(struct {
			Was   string         `json:"was"`
			Is    string         `json:"is"`
			Older []string       `json:"only_was,omitempty"` // faces that the other did not ask as
			Newer []string       `json:"only_is,omitempty"`
			Drift []bundle.Drift `json:"drift"`
		}{was, is, older, newer, append([]bundle.Drift{}, drifts...)})
	}
	a.showDrift(drifts, older, newer, shared)
	return nil
}

func (a *app) showDrift(drifts []bundle.Drift, older, newer []string, shared bool) {
	switch {
	case !shared:
		fmt.Fprintf(a.out, "no login can be compared: the older run asked as %s, the newer as %s\n", listed(older), listed(newer))
	case len(drifts) == 0:
		fmt.Fprintln(a.out, "both runs saw the same")
	}
	for _, part := range []struct {
		run   string
		faces []string
	}{{"older", older}, {"newer", newer}} {
		if shared && len(part.faces) > 0 {
			fmt.Fprintf(a.out, "not compared: only the %s run asked as %s\n", part.run, listed(part.faces))
		}
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
}

func listed(faces []string) string { return cmp.Or(strings.Join(faces, " and "), "nobody") }
