package main

import (
	"fmt"
	"os"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

// tellGitHub writes annotations and the job's summary where the run is a step of
// GitHub Actions. Names are pseudonyms there, as in the bundle: everybody who may
// read the repository may read them. Annotations go to standard error, which
// GitHub reads as well, so that a report on standard output stays one.
func (a *app) tellGitHub(res *suite.Result) error {
	if os.Getenv("GITHUB_ACTIONS") != "true" {
		return nil
	}
	if err := report.WriteAnnotations(a.err, res.Report, a.target); err != nil {
		return err
	}
	path := os.Getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("the job summary cannot be written: %w", err)
	}
	if err := report.WriteSummary(f, res.Report, res.Bundle); err != nil {
		_ = f.Close() // the first error is told
		return err
	}
	return f.Close()
}
