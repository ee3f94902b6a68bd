package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// runFlags are common to run, jit and plan.
type runFlags struct {
	target, out, format string
	profile             string
	browser             string
	faces               []string
	noBundle, minimise  bool
	resume              string
	timeout             time.Duration
	keep                keepFlags
	parallel            int
}

func (f *runFlags) add(c *cobra.Command) {
	c.Flags().StringVarP(&f.target, "target", "t", "target.yaml", "target file")
	c.Flags().StringVar(&f.browser, "browser", "", "plain, chromium, manual (default: as the target file says)")
	c.Flags().StringSliceVar(&f.faces, "face", nil, "okta, entra (default: as the target file says)")
}

func (f *runFlags) addProfile(c *cobra.Command) {
	c.Flags().StringVar(&f.profile, "profile", "", "quick (before a roll-out), full (default), security, metadata, spid")
}

func (f *runFlags) addMinimise(c *cobra.Command) {
	c.Flags().BoolVar(&f.minimise, "minimise", false, "find which attributes a newcomer needs: up to one more login and account for each group of them")
}

func (f *runFlags) addOutput(c *cobra.Command) {
	c.Flags().StringVar(&f.format, "format", "text", formats)
	f.keep.add(c)
	c.Flags().StringVarP(&f.out, "out", "o", ".", "folder in which the evidence bundle is made")
	c.Flags().BoolVar(&f.noBundle, "no-bundle", false, "keep no evidence")
	c.Flags().StringVar(&f.resume, "resume", "", "browser: manual: go on with an unfinished run: yes, no (default: the guided page asks)")
	c.Flags().Lookup("resume").NoOptDefVal = "yes"
	c.Flags().IntVar(&f.parallel, "parallel", 1, "questions asked at once, of a service provider on this machine")
	c.Flags().DurationVar(&f.timeout, "timeout", 20*time.Second, "longest wait for one page")
}

func (a *app) runCmd() *cobra.Command {
	var f runFlags
	var many manyFlags
	c := &cobra.Command{
		Use: "run [PATH...]", Short: "log in, judge, and write the evidence",
		Long: "Plans, performs, judges and writes a bundle. PATH selects checks: a subject (response) or an id\n" +
			"(provisioning/jit-on-first-login). --targets runs every target file of a folder, and prints a line\n" +
			"for each; the exit code is the worst. `samlcheck bundle merge` puts the bundles of several machines\n" +
			"together.",
		RunE: func(c *cobra.Command, paths []string) error {
			several, err := many.wanted(c)
			if err != nil {
				return err
			}
			if several {
				return a.performMany(c.Context(), f, many, paths)
			}
			return a.perform(c.Context(), f, paths)
		},
	}
	f.add(c)
	f.addProfile(c)
	f.addMinimise(c)
	f.addOutput(c)
	many.add(c)
	return c
}

func (a *app) jitCmd() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use: "jit", Short: "only: does a first login create the account?", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.perform(c.Context(), f, []string{suite.JIT}) },
	}
	f.add(c)
	f.addMinimise(c)
	f.addOutput(c)
	return c
}

// options turns flags into what suite wants.
func (a *app) options(f runFlags, paths []string) (suite.Options, error) {
	a.target = f.target
	t, err := target.Load(f.target, os.LookupEnv)
	if err != nil {
		return suite.Options{}, err
	}
	if !a.quiet {
		for _, w := range t.Warnings() {
			fmt.Fprintln(a.err, "note: "+w)
		}
	}
	o := suite.Options{
		Target: f.target, Loaded: t, Faces: f.faces, Browser: f.browser, Profile: f.profile, Select: paths, Out: f.out, Timeout: f.timeout, Parallel: f.parallel,
		Minimise: f.minimise,
		Progress: a.progress(), Command: "samlcheck " + strings.Join(os.Args[1:], " "),
	}
	if f.noBundle {
		o.Out = ""
	}
	if o.Keep, err = f.keep.keep(); err != nil {
		return o, err
	}
	return o, a.reachPerson(&o, f)
}

func (a *app) perform(ctx context.Context, f runFlags, paths []string) error {
	if err := knownFormat(f.format); err != nil {
		return err
	}
	o, err := a.options(f, paths)
	if err != nil {
		return err
	}
	res, err := suite.Run(ctx, o)
	return a.ended(res, err, f)
}

// ended prints what came of a run.
func (a *app) ended(res *suite.Result, err error, f runFlags) error {
	a.endProgress()
	if res == nil || err != nil && suite.Unreachable(err) {
		if res != nil && res.Bundle != "" {
			fmt.Fprintln(a.err, "what was seen: "+res.Bundle)
		}
		return err
	}
	if perr := a.print(res, f.format, err != nil); perr != nil {
		return errors.Join(err, perr)
	}
	if f.keep.preview {
		a.sayHidden(res)
	}
	a.code = res.Report.Summary.Exit
	return errors.Join(err, a.tellGitHub(res))
}

// print writes the result. Only a person at this machine sees real names; what
// a machine may keep has pseudonyms.
func (a *app) print(res *suite.Result, format string, stopped bool) error {
	if format != "text" {
		return a.write(res.Report, format, report.TextOptions{})
	}
	open := res.Revealed()
	return a.write(&open, format, report.TextOptions{Bundle: res.Bundle, Stopped: stopped})
}

func (a *app) write(r *report.Report, format string, o report.TextOptions) error {
	switch format {
	case "json":
		return report.WriteJSON(a.out, r)
	case "junit":
		return report.WriteJUnit(a.out, r)
	case "markdown":
		return report.WriteMarkdown(a.out, r)
	case "html":
		return report.WriteHTML(a.out, r)
	case "sarif":
		return report.WriteSARIF(a.out, r)
	case "ctrf":
		return report.WriteCTRF(a.out, r)
	}
	o.Color, o.Width, o.Verbose = a.color(), a.width(), a.verbose
	return report.WriteText(a.out, r, o)
}

// formats are the forms of a report; a bundle's record has more, see report.
const formats = "text, json, junit, markdown, html, sarif, ctrf"

func knownFormat(f string) error {
	if slices.Contains(strings.Split(formats, ", "), f) {
		return nil
	}
	return usageError{fmt.Errorf("--format %q is none of %s", f, formats)}
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no argument: %q", c.CommandPath(), args[0])}
	}
	return nil
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{fmt.Errorf("%s wants %s", c.CommandPath(), what)}
		}
		return nil
	}
}
