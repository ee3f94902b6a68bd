package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/target"
)

// Exit codes that are not a report's.
const (
	exitUsage       = 2
	exitInterrupted = 130
)

// usageError is a mistake on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }
func (e usageError) Hint() string  { return "samlcheck --help, or samlcheck COMMAND --help" }

// hinted is an error with advice.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }
func (h hinted) Hint() string  { return h.hint }

func hint(advice, format string, a ...any) error { return hinted{fmt.Errorf(format, a...), advice} }

// prefix is the package that an error's text begins with: of no use to a reader.
var prefix = regexp.MustCompile(`^(suite|engine|target|bundle|metadata|idp|okta|entra|face|fidelity|samepage|report|actor|capture|storm): `)

// fail prints an error as the user should read it and gives the exit code.
func (a *app) fail(ctx context.Context, err error) int {
	if ctx.Err() != nil {
		fmt.Fprintln(a.err, "samlcheck: interrupted")
		return exitInterrupted
	}
	text := err.Error()
	var doc *metadata.Error
	if errors.As(err, &doc) { // its text holds the hint, which gets a line of its own
		text = strings.TrimSuffix(text, "; "+doc.Hint)
	}
	for line := range strings.SplitSeq(text, "\n") {
		for prefix.MatchString(line) {
			line = prefix.ReplaceAllString(line, "")
		}
		fmt.Fprintf(a.err, "samlcheck: %s\n", line)
	}
	if h := advice(err); h != "" {
		fmt.Fprintf(a.err, "hint: %s\n", h)
	}
	return exitUsage
}

func advice(err error) string {
	var doc *metadata.Error
	if errors.As(err, &doc) && doc.Hint != "" {
		return doc.Hint
	}
	var tg *target.Error
	if errors.As(err, &tg) && tg.Hint != "" {
		return tg.Hint
	}
	var h interface{ Hint() string }
	if errors.As(err, &h) && h.Hint() != "" {
		return h.Hint()
	}
	if errors.Is(err, engine.ErrUnreachable) {
		return "is it running, and are sp.login and sp.acs right? `samlcheck plan` shows which hosts it talks to"
	}
	return ""
}
