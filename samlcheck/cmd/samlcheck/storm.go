package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/internal/cputime"
	"example.com/samepage/samlcheck/storm"
	"example.com/samepage/samlcheck/suite"
)

const stormHelp = `Signs people in at a rate, and says how long it took, what failed, and from which rate on the
service provider no longer kept up.

A login begins when the schedule says so, whether or not the ones before it are over, and its
latency counts from then. The rate rises evenly from nothing during --ramp, so that one storm
shows every rate up to --rate. Most logins are redirects and posts and nothing else; by where
they come to rest they are compared with logins made before: the known member's, one that was
denied, one with a forged signature where that is allowed. Every n-th (--sample) is looked at in
full, and only of these is it said that somebody got in.

Load needs "allow: [load]" in the target file, on this machine too; --person fresh needs
"allow: [accounts]" and may leave an account for each login. No more than --ceiling logins a
second are ever begun. The storm ends at the first 429 or Retry-After, and when nobody answers
any more. Ctrl-C ends it and keeps what was seen.

Exit: 0 every login went well, 1 logins failed, 2 not allowed or unreachable, 3 nothing can be
said of whether people got in, 130 interrupted.`

// stormFlags say how much, how fast, and as whom.
type stormFlags struct {
	run           runFlags
	load          storm.Load
	rate, ceiling string
	person        string
}

func (a *app) stormCmd() *cobra.Command {
	var f stormFlags
	c := &cobra.Command{
		Use: "storm", Short: "login load: latency, failures, saturation point (allow: [load])", Args: noArgs, Long: stormHelp,
		Example: "  samlcheck storm -t target.yaml --logins 1000 --rate 50/s --ramp 30s --workers 16\n" +
			"  samlcheck storm -t target.yaml --logins 200 --person fresh --face entra --format json",
		RunE: func(c *cobra.Command, _ []string) error { return a.storm(c, f) },
	}
	fl := c.Flags()
	fl.StringVarP(&f.run.target, "target", "t", "target.yaml", "target file")
	fl.StringSliceVar(&f.run.faces, "face", nil, "okta or entra (default: the target file's first)")
	fl.IntVar(&f.load.Logins, "logins", 200, "how many")
	fl.StringVar(&f.rate, "rate", "10/s", "logins a second when the ramp is over: 50/s, 90/m")
	fl.DurationVar(&f.load.Ramp, "ramp", 10*time.Second, "the rate rises from nothing so long; 0 begins at once")
	fl.IntVar(&f.load.Workers, "workers", 16, "logins under way at once")
	fl.StringVar(&f.person, "person", "known", "known: the member who exists; fresh: a new person for each login")
	fl.IntVar(&f.load.Sample, "sample", 0, "every how many logins one is looked at in full (default: about twenty in all)")
	fl.DurationVar(&f.load.Timeout, "timeout", 20*time.Second, "longest time for one login")
	fl.StringVar(&f.ceiling, "ceiling", "", "logins a second that are never exceeded (default 50/s, on this machine 1000/s)")
	fl.BoolVar(&f.load.Persist, "despite-retry-after", false, "go on though the service provider asks to be left alone (429, Retry-After)")
	fl.StringVar(&f.run.format, "format", "text", stormFormats)
	fl.StringVarP(&f.run.out, "out", "o", ".", "folder in which the report is made")
	fl.BoolVar(&f.run.noBundle, "no-bundle", false, "keep nothing")
	return c
}

const stormFormats = "text, json, html"

func (f *stormFlags) read() error {
	var err error
	if !slices.Contains(strings.Split(stormFormats, ", "), f.run.format) {
		return usageError{fmt.Errorf("--format %q is none of %s", f.run.format, stormFormats)}
	}
	if f.load.Rate, err = perSecond(f.rate); err != nil {
		return usageError{fmt.Errorf("--rate %w", err)}
	}
	if f.ceiling != "" {
		if f.load.Ceiling, err = perSecond(f.ceiling); err != nil {
			return usageError{fmt.Errorf("--ceiling %w", err)}
		}
	}
	switch f.person {
	case "known":
	case "fresh":
		f.load.Fresh = true
	default:
		return usageError{fmt.Errorf("--person %q is neither known nor fresh", f.person)}
	}
	return nil
}

// perSecond reads "50/s", "90/m", or a bare number of logins a second.
func perSecond(s string) (float64, error) {
	n, unit, _ := strings.Cut(strings.ReplaceAll(s, " ", ""), "/")
	v, err := strconv.ParseFloat(n, 64)
	per, known := map[string]float64{"": 1, "s": 1, "m": 60, "min": 60, "h": 3600}[unit]
	if err != nil || !known || !(v > 0) || v > 1e9 {
		return 0, fmt.Errorf("%q is no rate: 50/s, 90/m", s)
	}
	return v / per, nil
}

func (a *app) storm(c *cobra.Command, f stormFlags) error {
	if err := f.read(); err != nil {
		return err
	}
	o, err := a.options(f.run, nil)
	if err != nil {
		return err
	}
	o.Timeout = f.load.Timeout
	so := storm.Options{Load: f.load, Told: a.stormProgress(f.load.Logins)}
	if cputime.Known {
		so.CPU = cputime.Used
	}
	res, err := suite.Storm(c.Context(), o, so)
	a.endProgress()
	if res == nil {
		return err
	}
	kept := ""
	if !f.run.noBundle {
		var werr error
		if kept, werr = keepStorm(f.run.out, res); werr != nil {
			err = errors.Join(err, werr)
		}
	}
	a.code = res.Exit
	return errors.Join(err, a.printStorm(res, f.run.format, kept))
}

func (a *app) printStorm(res *storm.Result, format, kept string) error {
	switch format {
	case "json":
		return a.json(res)
	case "html":
		return storm.WriteHTML(a.out, res)
	}
	return storm.WriteText(a.out, res, storm.TextOptions{Verbose: a.verbose, Kept: kept})
}

// keepStorm writes the report into a folder of its own, named as bundles are.
func keepStorm(parent string, res *storm.Result) (string, error) {
	path := filepath.Join(parent, bundle.Name("storm "+res.Target.Name, res.Started))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", fmt.Errorf("the report's folder cannot be made: %w", err)
	}
	for n, free := 2, path; ; n++ {
		err := os.Mkdir(path, 0o700)
		if err == nil {
			break
		}
		if !errors.Is(err, os.ErrExist) || n > 1000 {
			return "", fmt.Errorf("the report's folder cannot be made: %w", err)
		}
		path = fmt.Sprintf("%s-%d", free, n)
	}
	raw, err := json.MarshalIndent(res, "", "  ")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(path, "storm.json"), append(raw, '\n'), 0o600); err != nil {
		return "", fmt.Errorf("the report cannot be kept: %w", err)
	}
	page, err := os.OpenFile(filepath.Join(path, "report.html"), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("the report cannot be kept: %w", err)
	}
	if err := errors.Join(storm.WriteHTML(page, res), page.Close()); err != nil {
		return "", fmt.Errorf("the report cannot be kept: %w", err)
	}
	return path, nil
}
