//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// No single samlcheck run may take longer: all together have minutes.
const runWithin = 10 * time.Minute

// A lab is where jobs are tried.
type lab struct{ bin, dir string }

// try starts one SP, has samlcheck judge it twice - with the view of its
// members and without -, tries each signing option, and compares.
func (l lab) try(ctx context.Context, j job) result {
	r := result{job: j, version: j.sp.version(ctx)}
	if err := l.fill(ctx, j, &r); err != nil {
		r.problems = append(r.problems, err.Error())
		return r
	}
	r.compare()
	return r
}

func (l lab) fill(ctx context.Context, j job, r *result) error {
	dir := filepath.Join(l.dir, j.sp.folder+j.sp.variant+"-"+j.face)
	keys := filepath.Join(dir, "idp")
	if err := os.MkdirAll(keys, 0o755); err != nil {
		return err
	}
	// The IdP's private keys; nobody but us need walk through.
	if err := os.Chmod(keys, 0o700); err != nil {
		return err
	}
	c := command{bin: l.bin, dir: dir}
	metadata, err := c.output(ctx, "idp", "metadata", "--face", j.face, "--state", keys)
	if err != nil {
		return fmt.Errorf("idp metadata: %w", err)
	}
	idp := filepath.Join(dir, "idp-metadata.xml")
	if err := os.WriteFile(idp, metadata, 0o644); err != nil {
		return err
	}
	if err := c.ordinary(ctx, j, idp, keys, r); err != nil {
		return err
	}
	// One after the other, and each with the keys that its predecessor knew.
	if !j.sp.optioned() {
		return nil
	}
	for i, set := range j.sp.settings() {
		c.dir = filepath.Join(dir, fmt.Sprintf("set%d", i))
		if err := os.Mkdir(c.dir, 0o755); err != nil {
			return err
		}
		if err := c.asSet(ctx, j, idp, keys, set, r); err != nil {
			return fmt.Errorf("with %s set: %w", set, err)
		}
	}
	return nil
}

// ordinary is everything that is done at the SP as it ordinarily is.
func (c command) ordinary(ctx context.Context, j job, idp, keys string, r *result) error {
	p, err := launch(ctx, j, c.dir, idp, "")
	if err != nil {
		return err
	}
	defer p.stop()
	c.authority = filepath.Join(p.state, "ca.pem")
	if err := targets(p.state, c.dir, keys, j.face); err != nil {
		return err
	}
	args := append([]string{"run", "-t", "target.yaml", "--face", j.face}, j.scope()...)
	began := time.Now()
	if r.with, err = c.report(ctx, args...); err != nil {
		return fmt.Errorf("run: %w", err)
	}
	r.took = time.Since(began)
	if r.without, err = c.report(ctx, "jit", "-t", "target-without-members.yaml", "--face", j.face); err != nil {
		return fmt.Errorf("jit: %w", err)
	}
	if !j.sp.optioned() {
		return nil // options are tried at the current version
	}
	r.trials, err = c.configured(ctx, j, "")
	return err
}

// asSet starts the SP once more, with settings changed, for the signing options
// that need them.
func (c command) asSet(ctx context.Context, j job, idp, keys, set string, r *result) error {
	p, err := launch(ctx, j, c.dir, idp, set)
	if err != nil {
		return err
	}
	defer p.stop()
	c.authority = filepath.Join(p.state, "ca.pem")
	if err := targets(p.state, c.dir, keys, j.face); err != nil {
		return err
	}
	more, err := c.configured(ctx, j, set)
	r.trials = append(r.trials, more...)
	return err
}

// targets completes what the SP wrote about itself with the IdP to use, and
// writes it twice: as it is, and without the view of the members.
func targets(state, dir, keys, face string) error {
	raw, err := os.ReadFile(filepath.Join(state, "target.yaml"))
	if err != nil {
		return err
	}
	var all yaml.MapSlice
	if err := yaml.Unmarshal(raw, &all); err != nil {
		return fmt.Errorf("the SP's target.yaml: %w", err)
	}
	all, err = withIdP(all, keys, face)
	if err != nil {
		return err
	}
	var blind yaml.MapSlice
	for _, item := range all {
		if item.Key != "members" {
			blind = append(blind, item)
		}
	}
	for name, content := range map[string]yaml.MapSlice{"target.yaml": all, "target-without-members.yaml": blind} {
		out, err := yaml.Marshal(content)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), out, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// withIdP says which IdP is played, beside what the SP wants an administrator to
// set there.
func withIdP(all yaml.MapSlice, keys, face string) (yaml.MapSlice, error) {
	idp := map[string]any{}
	var rest yaml.MapSlice
	for _, item := range all {
		if item.Key != "idp" {
			rest = append(rest, item)
			continue
		}
		raw, err := yaml.Marshal(item.Value)
		if err != nil {
			return nil, err
		}
		if err := yaml.Unmarshal(raw, &idp); err != nil {
			return nil, fmt.Errorf("the SP's target.yaml: idp: %w", err)
		}
	}
	idp["state"], idp["faces"] = keys, []string{face}
	return append(rest, yaml.MapItem{Key: "idp", Value: idp}), nil
}

// A command is samlcheck, run in a job's folder.
type command struct {
	bin, dir  string
	authority string // the TLS authority that the SP made for the run, if it made one
}

func (c command) output(ctx context.Context, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, runWithin)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.bin, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	if _, err := os.Stat(c.authority); err == nil {
		cmd.Env = append(cmd.Env, "SSL_CERT_FILE="+c.authority)
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == 1 || exit.ExitCode() == 3) {
		err = nil // something failed, or is undecided: a result like any other
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, lastLines(talk.String(), 8))
	}
	return out.Bytes(), nil
}

func (c command) report(ctx context.Context, args ...string) (*face, error) {
	raw, err := c.output(ctx, append(args, "--format", "json")...)
	if err != nil {
		return nil, err
	}
	// Kept beside the target: with -keep it is what one wants to read.
	if err := os.WriteFile(filepath.Join(c.dir, strings.TrimSuffix(args[2], ".yaml")+"-report.json"), raw, 0o600); err != nil {
		return nil, err
	}
	var r struct {
		Schema string `json:"schema"`
		Faces  []face `json:"faces"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("not a report: %w", err)
	}
	if r.Schema != "samlcheck.report/v1" || len(r.Faces) != 1 {
		return nil, fmt.Errorf("schema %q with %d faces, not samlcheck.report/v1 with one", r.Schema, len(r.Faces))
	}
	return &r.Faces[0], nil
}

func lastLines(s string, n int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
