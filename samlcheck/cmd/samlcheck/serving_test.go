package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// serving runs a serving command for the rest of a script: serving NAME ARG...
// Each line "word rest" that it prints becomes a variable NAME_WORD, until the
// line that begins with the word "sign".
func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: serving NAME ARG...")
	}
	c := exec.CommandContext(context.Background(), "samlcheck", args[1:]...)
	c.Dir = ts.Getenv("WORK")
	c.Env = append(os.Environ(), "NO_COLOR=1", tokenVariable+"="+ts.Getenv(tokenVariable))
	out, err := c.StdoutPipe()
	ts.Check(err)
	var complaint strings.Builder
	c.Stderr = &complaint
	ts.Check(c.Start())
	ts.Defer(func() {
		_ = c.Process.Signal(os.Interrupt) // it may have ended already
		_ = c.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		fields := strings.Fields(rest)
		if len(fields) > 0 {
			ts.Setenv(args[0]+"_"+strings.ToUpper(word), fields[len(fields)-1])
		}
		if word == "sign" {
			return
		}
	}
	_ = c.Wait()
	ts.Fatalf("it did not begin to serve: %s", complaint.String())
}
