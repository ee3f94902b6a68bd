package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/suite"
)

// reachPerson says how the person at this machine is reached: at the guided
// page, or at the terminal for the members view.
func (a *app) reachPerson(o *suite.Options, f runFlags) error {
	switch f.resume {
	case "", "yes", "no":
	default:
		return usageError{fmt.Errorf("--resume %q is neither yes nor no", f.resume)}
	}
	o.ByHand = suite.ByHand{Resume: f.resume, Opened: func(url string) {
		fmt.Fprintf(a.err, "Open this page in your browser, and follow it:\n\n    %s\n\nCtrl-C stops; the same command goes on where you stopped.\n", url)
	}}
	if isTerminal(a.in) {
		o.Ask = &terminal{in: bufio.NewReader(a.in), out: a.err}
	}
	return nil
}

// terminal asks the person at the terminal for what no program can see.
type terminal struct {
	in  *bufio.Reader
	out io.Writer
}

// Listed implements actor.Asker.
func (t *terminal) Listed(ctx context.Context, people []idp.Person) (map[string]int, error) {
	fmt.Fprintln(t.out, "\nLoad the list of members in the service's administration anew. How often is listed (0 is not at all)")
	out := map[string]int{}
	for _, p := range people {
		for {
			answer, err := t.ask(ctx, "  "+p.Email+": ")
			if err != nil {
				return nil, err
			}
			n := 0
			if _, err := fmt.Sscanf(answer, "%d", &n); err == nil && n >= 0 && n < 100 {
				out[p.Ref] = n
				break
			}
			fmt.Fprintln(t.out, "  a number, please: 0, 1 or 2")
		}
	}
	return out, nil
}

// Do implements actor.Asker.
func (t *terminal) Do(ctx context.Context, what string) (bool, error) {
	for {
		answer, err := t.ask(ctx, "\n"+what+" Done? [yes/no]: ")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
	}
}

// ask reads one line. Who presses Ctrl-C is not waited for.
func (t *terminal) ask(ctx context.Context, what string) (string, error) {
	fmt.Fprint(t.out, what)
	type read struct {
		line string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		line, err := t.in.ReadString('\n')
		got <- read{strings.TrimSpace(line), err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-got:
		if errors.Is(r.err, io.EOF) {
			return "", errors.New("the terminal was closed before the question was answered")
		}
		return r.line, r.err
	}
}
