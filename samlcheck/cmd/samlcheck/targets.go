package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

// manyFlags are run's flags for several targets.
type manyFlags struct{ dir, shard string }

func (m *manyFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&m.dir, "targets", "", "folder of target files: each is run, and gets a bundle of its own")
	c.Flags().StringVar(&m.shard, "shard", "", "i/n: only the i-th of n equal parts of --targets, for n machines at once")
	c.MarkFlagsMutuallyExclusive("target", "targets")
	c.MarkFlagsMutuallyExclusive("resume", "targets")
}

// wanted says whether several targets are asked for.
func (m manyFlags) wanted(c *cobra.Command) (bool, error) {
	if !c.Flags().Changed("targets") && m.shard != "" {
		return false, usageError{errors.New("--shard is a part of --targets: name the folder of the target files")}
	}
	return c.Flags().Changed("targets"), nil
}

// one is a target of several, ready to be run.
type one struct {
	file string
	o    suite.Options
}

// performMany runs every target of a shard, one after the other. All target files
// are read first: a slip in the last one is told before the first login.
func (a *app) performMany(ctx context.Context, f runFlags, m manyFlags, paths []string) error {
	if !slices.Contains(report.IndexFormats(), f.format) {
		return usageError{fmt.Errorf("--format %q is none of %s, the forms for several targets", f.format, strings.Join(report.IndexFormats(), ", "))}
	}
	files, err := m.files()
	if err != nil {
		return err
	}
	var all []one
	for _, file := range files {
		f.target = file
		o, lerr := a.options(f, paths)
		if lerr == nil && (f.browser == "manual" || f.browser == "" && o.Loaded.Browser == "manual") {
			lerr = hint("run it alone, with -t", "%s: its browser is a person, who is in one place at a time", file)
		}
		err = errors.Join(err, lerr)
		a.endProgress() // each target gets its own, when it is its turn
		all = append(all, one{file, o})
	}
	if err != nil {
		return err
	}
	var entries []report.Entry
	for i, t := range all {
		if !a.quiet {
			fmt.Fprintf(a.err, "%s: target %d of %d\n", t.file, i+1, len(all))
		}
		e := report.Unrun(t.o.Loaded.Name, t.file, errors.New("interrupted before it began"))
		if ctx.Err() == nil {
			if e, err = a.performOne(ctx, t, f); err != nil {
				return err
			}
		}
		entries = append(entries, e)
	}
	x := report.IndexOf(entries)
	a.code = x.Summary.Exit
	return errors.Join(report.WriteIndex(a.out, x, f.format), ctx.Err())
}

// files are the target files of the shard.
func (m manyFlags) files() ([]string, error) {
	shard, err := suite.ParseShard(m.shard)
	if err != nil {
		return nil, err
	}
	files, err := suite.Targets(m.dir)
	if err != nil {
		return nil, err
	}
	return shard.Take(files)
}

// performOne runs one of several targets. What goes wrong with it is its line in
// the index: the others are run all the same, unless the user interrupts.
func (a *app) performOne(ctx context.Context, t one, f runFlags) (report.Entry, error) {
	a.target, t.o.Progress = t.file, a.progress()
	res, err := suite.Run(ctx, t.o)
	a.endProgress()
	if res == nil {
		return report.Unrun(t.o.Loaded.Name, t.file, errors.New(plainError(err))), nil
	}
	e := report.EntryOf(res.Report, filepath.ToSlash(res.Bundle))
	e.File = t.file
	if err != nil && ctx.Err() == nil { // unreachable, a full disk: no judgement of the service provider
		e.Error, e.Summary.Exit = plainError(err), exitUsage
	}
	if a.verbose && f.format == "text" {
		if err := a.print(res, f.format, err != nil); err != nil {
			return e, err
		}
	}
	return e, a.tellGitHub(res)
}

// plainError is an error as the user should read it, on one line.
func plainError(err error) string {
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	for prefix.MatchString(text) {
		text = prefix.ReplaceAllString(text, "")
	}
	return text
}
