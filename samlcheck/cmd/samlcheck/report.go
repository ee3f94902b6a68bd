package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

// bundleFormats are all that a bundle can be turned into.
const bundleFormats = formats + ", har, timeline, pdf"

func (a *app) reportCmd() *cobra.Command {
	var format, receiver string
	var verify bool
	c := &cobra.Command{
		Use: "report BUNDLE", Short: "a bundle's report as it was judged then, in another form", Args: exactly(1, "one bundle: its folder or a .zip of it"),
		Long: "Prints the stored report. Remains of a run that was cut short have none: they are judged now.\n" +
			"har and timeline (CSV) are made of the record; pdf is printed by Chromium, where there is one.\n" +
			"--for writes a ticket, in Markdown, that holds what that support asks for.\n" +
			"--verify first checks every file against the manifest.",
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(strings.Split(bundleFormats, ", "), format) {
				return usageError{fmt.Errorf("--format %q is none of %s", format, bundleFormats)}
			}
			if receiver != "" && !slices.Contains(report.Receivers(), receiver) {
				return usageError{fmt.Errorf("--for %q is none of %s", receiver, strings.Join(report.Receivers(), ", "))}
			}
			if verify {
				if err := bundle.Verify(args[0]); err != nil {
					return hinted{err, "do not rely on it: take the bundle from where it was made"}
				}
			}
			return a.reportOf(c.Context(), args[0], format, receiver)
		},
	}
	c.Flags().StringVar(&format, "format", "text", bundleFormats)
	c.Flags().StringVar(&receiver, "for", "", "a ticket for: "+strings.Join(report.Receivers(), ", "))
	c.Flags().BoolVar(&verify, "verify", false, "check the hash of every file first")
	return c
}

func (a *app) reportOf(ctx context.Context, path, format, receiver string) error {
	if whole, err := a.reportOfMany(path, format, receiver); whole || err != nil {
		return err
	}
	b, err := readBundle(path)
	if err != nil {
		return err
	}
	r := &b.Report
	if b.Partial {
		if !a.quiet {
			fmt.Fprintln(a.err, "note: "+b.Note)
		}
		if r, err = suite.Judge(path); err != nil {
			return err
		}
	}
	a.code = r.Summary.Exit
	if receiver != "" {
		return report.WriteTicket(a.out, r, receiver)
	}
	switch format {
	case "har":
		return report.WriteHAR(a.out, r.Tool, b.Records)
	case "timeline":
		return report.WriteTimeline(a.out, r, b.Records)
	case "pdf":
		return a.pdf(ctx, r)
	}
	return a.write(r, format, report.TextOptions{})
}

func readBundle(path string) (*bundle.Bundle, error) {
	b, err := bundle.Read(path)
	if errors.Is(err, bundle.ErrNotBundle) {
		return nil, hint("name the folder of a bundle, samlcheck-..., or a .zip of it", "%s holds no evidence bundle", path)
	}
	return b, err
}

// pdf has Chromium print the page. It goes to a file or a pipe, never to a
// terminal.
func (a *app) pdf(ctx context.Context, r *report.Report) error {
	if isTerminal(a.out) {
		return usageError{errors.New("a PDF is no text: send it to a file, `... --format pdf > report.pdf`")}
	}
	program, err := chromium.Find()
	if err != nil {
		return hinted{fmt.Errorf("a PDF is printed by Chromium: %w", err), "--format html gives the same page; any browser prints it"}
	}
	dir, err := os.MkdirTemp("", "samlcheck-pdf-")
	if err != nil {
		return fmt.Errorf("no temporary folder could be made: %w", err)
	}
	defer os.RemoveAll(dir)
	var page bytes.Buffer
	if err := report.WriteHTML(&page, r); err != nil {
		return err
	}
	from, to := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(from, page.Bytes(), 0o600); err != nil {
		return fmt.Errorf("the page cannot be written: %w", err)
	}
	args := []string{"--headless", "--disable-gpu", "--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--print-to-pdf=" + to, "file://" + from}
	if os.Geteuid() == 0 {
		args = append([]string{"--no-sandbox"}, args...) // root has none
	}
	if out, err := exec.CommandContext(ctx, program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s could not print it: %w: %s", program, err, bytes.TrimSpace(out))
	}
	printed, err := os.ReadFile(to)
	if err != nil {
		return fmt.Errorf("%s printed nothing: %w", program, err)
	}
	_, err = a.out.Write(printed)
	return err
}
