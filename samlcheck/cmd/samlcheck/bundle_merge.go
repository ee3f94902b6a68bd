package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/report"
)

func (a *app) bundleMergeCmd() *cobra.Command {
	var key, format string
	var count int
	c := &cobra.Command{
		Use: "merge OUT BUNDLE...", Short: "put the bundles of several targets or machines into one folder, with an index",
		Long: "Copies the bundles (folders, .zip archives, merged bundles) byte for byte into the new folder OUT, checks\n" +
			"each copy as `bundle verify` does, writes index.json, .txt, .md, .html and junit.xml, and prints the\n" +
			"index. Refused are a bundle that comes twice, one that is not sound or was never finished, and one of\n" +
			"another schema; then OUT is not made. Exit: the worst of the runs'.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usageError{fmt.Errorf("%s wants the folder to be made, and the bundles that go into it", c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(report.IndexFormats(), format) {
				return usageError{fmt.Errorf("--format %q is none of %s", format, strings.Join(report.IndexFormats(), ", "))}
			}
			o := bundle.MergeOptions{Count: count}
			if key != "" {
				k, err := bundle.AttestKey(key)
				if err != nil {
					return usageError{err}
				}
				o.Key = k
			}
			x, err := bundle.Merge(c.Context(), args[0], args[1:], o)
			if err != nil {
				return mergeAdvice(err)
			}
			return a.writeIndex(x, format, args[0])
		},
	}
	c.Flags().StringVar(&format, "format", "text", strings.Join(report.IndexFormats(), ", "))
	c.Flags().IntVar(&count, "count", 0, "how many bundles there must be: a machine that left none is not overlooked")
	c.Flags().StringVar(&key, "attest-key", "", "Ed25519 key (PEM) that signs the whole; each bundle keeps its own signature")
	return c
}

func mergeAdvice(err error) error {
	if errors.Is(err, bundle.ErrMerge) || errors.Is(err, bundle.ErrNotBundle) {
		return hinted{err, "`samlcheck bundle verify BUNDLE` says what is wrong with one; a run makes a new one"}
	}
	return err
}

// reportOfMany prints a merged bundle's index; whole says that it is one.
func (a *app) reportOfMany(at, format, receiver string) (whole bool, err error) {
	x, err := bundle.ReadIndex(at)
	if errors.Is(err, bundle.ErrNotBundle) {
		return false, nil // whoever reads one run's bundle says it better
	}
	if x == nil || err != nil {
		return false, err
	}
	if receiver != "" || !slices.Contains(report.IndexFormats(), format) {
		return true, hint("name one of the folders in its bundles/", "%s holds several targets: its forms are %s", at, strings.Join(report.IndexFormats(), ", "))
	}
	return true, a.writeIndex(x, format, at)
}

// writeIndex prints the index of a merged bundle, with paths that can be
// followed from here.
func (a *app) writeIndex(x *report.Index, format, at string) error {
	a.code = x.Summary.Exit
	if info, err := os.Stat(at); format == "text" && err == nil && info.IsDir() {
		for i := range x.Entries {
			x.Entries[i].Bundle = path.Join(filepath.ToSlash(at), x.Entries[i].Bundle)
		}
	}
	return report.WriteIndex(a.out, x, format)
}
