//go:build unix

// Command interop starts real service providers and lets samlcheck log in at
// each, as both IdPs. It answers one question: does samlcheck's verdict hold
// for software that its authors have not written?
//
//	go run ./scripts/interop [-only name] [-bin bin/samlcheck] [-out docs/interop.md] [-keep]
//
// It never judges the service providers: what samlcheck finds wrong with them
// is listed, but only a wrong verdict about first logins, a login that was not
// accepted, an SP that does not start, or a finding that nobody has explained
// (explain.go) makes it fail.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// Two at once: the machine that this must pass on has two cores, and one SP's
// start-up is mostly waiting.
const atOnce = 2

type options struct {
	only, bin, out string
	keep, lenient  bool
	quick          bool
}

func main() {
	var o options
	flag.StringVar(&o.only, "only", "", "only the configurations whose name contains this")
	flag.StringVar(&o.bin, "bin", "bin/samlcheck", "the samlcheck command")
	flag.StringVar(&o.out, "out", "", "the table's file; docs/interop.md when everything is run")
	flag.BoolVar(&o.quick, "quick", false, "the profile quick as Okta too: verdicts, and what the known versions are known for")
	flag.BoolVar(&o.lenient, "lenient", false, "tell findings that are not explained yet, and do not fail for them")
	flag.BoolVar(&o.keep, "keep", false, "keep the temporary directory")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code, err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "interop:", err)
	}
	os.Exit(code)
}

func run(ctx context.Context, o options) (int, error) {
	bin, err := filepath.Abs(o.bin)
	if err != nil {
		return 2, err
	}
	if _, err := os.Stat(bin); err != nil {
		return 2, fmt.Errorf("%w (build it: go build -o %s ./samlcheck/cmd/samlcheck)", err, o.bin)
	}
	jobs := plan(o.only, o.quick)
	if len(jobs) == 0 {
		return 2, fmt.Errorf("no configuration is called %q", o.only)
	}
	dir, err := workspace()
	if err != nil {
		return 2, err
	}
	if o.keep {
		fmt.Fprintln(os.Stderr, "kept in", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	results := perform(ctx, jobs, lab{bin: bin, dir: dir})
	if ctx.Err() != nil {
		return 130, errors.New("interrupted")
	}
	if err := publish(o, results); err != nil {
		return 2, err
	}
	return verdict(results, o.lenient), nil
}

// workspace is open to be walked through, though not read: web servers drop
// root and must still reach their pages. What is secret in it is mode 0700.
func workspace() (string, error) {
	dir, err := os.MkdirTemp("", "samlcheck-interop-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711)
}

// perform runs the jobs and keeps their order, whichever ends first.
func perform(ctx context.Context, jobs []job, l lab) []result {
	results := make([]result, len(jobs))
	slots := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i, j := range jobs {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			results[i] = l.try(ctx, j)
			fmt.Fprintln(os.Stderr, results[i].line())
		})
	}
	wg.Wait()
	return results
}

// publish writes the table. A partial run is printed: it must not overwrite
// the whole one that stands in the documentation.
func publish(o options, results []result) error {
	doc := markdown(results)
	if o.out == "" && o.only != "" {
		fmt.Print(doc)
		return nil
	}
	path := o.out
	if path == "" {
		path = filepath.Join("docs", "interop.md")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(doc), 0o644)
}

// verdict is the exit code: a wrong verdict or a pair that does not differ always
// fails; a finding without an explanation, or an explanation without a finding,
// where that was not asked to be told only. Distributions move under the latter.
func verdict(results []result, lenient bool) int {
	code := 0
	for _, r := range results {
		if r.good() {
			continue
		}
		code = 1
		fmt.Fprintf(os.Stderr, "\n%s as %s: %s\n", r.job.sp.name, r.job.face, strings.Join(r.problems, "; "))
	}
	for _, p := range unexplained(results) {
		if !lenient {
			code = 1
		}
		fmt.Fprintln(os.Stderr, p)
	}
	return code
}
