package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// The scripts in testdata read as a manual: what somebody types, and what comes.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"samlcheck": func() { os.Exit(run()) }})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "keys")
	samples, err := filepath.Abs(cmp.Or(os.Getenv("SAMLCHECK_SAMPLES"), "../../../../shared/samples"))
	if err != nil {
		t.Fatal(err)
	}
	captures, err := filepath.Abs("../../../fixtures/captures")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Condition: func(name string) (bool, error) { // [samples]: the real vendors' messages are here
			_, err := os.Stat(samples)
			return name == "samples" && err == nil, nil
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			e.Setenv("STATE", state)
			e.Setenv("SAMPLES", samples)
			e.Setenv("FIXTURES", captures)
			return ageKey(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"standin": standin, "sh": shell, "interrupt": interrupt, "serving": serving},
	})
}

// standin starts the stand-in for the rest of a script and writes target.yaml
// for it: standin JIT [FLAW...]. The members view is part of it.
func standin(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: standin JIT [FLAW...]")
	}
	o := samepage.Options{JIT: samepage.JIT(args[0])}
	for _, f := range args[1:] {
		o.Flaws = append(o.Flaws, samepage.Flaw(f))
	}
	sp, err := samepage.Start(o)
	ts.Check(err)
	ts.Defer(func() { _ = sp.Close() })
	src := sp.TargetFile(ts.Getenv("STATE"), true)
	tg, err := target.Parse("target.yaml", []byte(src), os.LookupEnv)
	ts.Check(err)
	i, err := suite.IdP("okta", suite.Options{Loaded: tg})
	ts.Check(err)
	ts.Check(sp.Server.AddIdP(i.Metadata()))
	ts.Check(sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	ts.Check(os.WriteFile(ts.MkAbs("target.yaml"), []byte(src), 0o600))
	ts.Setenv("SP", sp.URL)
}

// shell does what testscript itself does not: sh name GLOB VARIABLE puts the one
// match into a variable, sh append FILE LINE adds a line to a file.
func shell(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 3 && args[0] == "append" {
		f, err := os.OpenFile(ts.MkAbs(args[1]), os.O_APPEND|os.O_WRONLY, 0o600)
		ts.Check(err)
		_, err = fmt.Fprintln(f, args[2])
		ts.Check(errors.Join(err, f.Close()))
		return
	}
	if len(args) != 3 || args[0] != "name" {
		ts.Fatalf("usage: sh name GLOB VARIABLE, or sh append FILE LINE")
	}
	found, err := filepath.Glob(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s: %s", args[1], fmt.Sprint(len(found), " files: ", strings.Join(found, " ")))
	}
	ts.Setenv(args[2], found[0])
	ts.Setenv(args[2]+"_NAME", filepath.Base(found[0]))
}

// ageKey makes the key of somebody to whom evidence is sealed: AGE_KEY is its
// file, AGE_TO its public half.
func ageKey(e *testscript.Env) error {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	e.Setenv("AGE_TO", id.Recipient().String())
	e.Setenv("AGE_KEY", filepath.Join(e.WorkDir, "age.key"))
	return os.WriteFile(filepath.Join(e.WorkDir, "age.key"), []byte(id.String()+"\n"), 0o600)
}

// interrupt runs samlcheck, presses Ctrl-C when its standard error says so, and
// wants the exit code 130: interrupt TEXT ARG...
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: interrupt TEXT ARG...")
	}
	c := exec.CommandContext(context.Background(), "samlcheck", args[1:]...)
	c.Dir = ts.Getenv("WORK")
	c.Env = append(os.Environ(), "NO_COLOR=1")
	errs, err := c.StderrPipe()
	ts.Check(err)
	ts.Check(c.Start())
	lines := bufio.NewScanner(errs)
	for lines.Scan() {
		if strings.Contains(lines.Text(), args[0]) {
			ts.Check(c.Process.Signal(os.Interrupt))
			break
		}
	}
	for lines.Scan() {
		ts.Logf("%s", lines.Text()) // until it ends
	}
	_ = c.Wait() // its exit code says how it ended
	if code := c.ProcessState.ExitCode(); code != 130 {
		ts.Fatalf("exit code %d, not 130", code)
	}
}
