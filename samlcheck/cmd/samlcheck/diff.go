package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/difference"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
)

// shownIDs is how many entityIDs of a kind the text shows.
const shownIDs = 20

func (a *app) diffCmd() *cobra.Command {
	var format, entity string
	c := &cobra.Command{
		Use: "diff OLD NEW", Short: "what changed between two metadata documents, or two runs, and what it will break",
		Long: "Compares two versions of one entity's metadata as the other side will feel it, or says which\n" +
			"entities of two aggregates are new, gone or changed (--entity compares one of them). Of two bundles\n" +
			"it says what the runs did not see alike: metadata, request, landings, verdicts.\n" +
			"Exit: 0 nothing that breaks, 1 something breaks or may break, 3 two runs under different faces.",
		Args: exactly(2, "two documents: the old metadata, then the new"),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usageError{fmt.Errorf("--format %q is none of text, json", format)}
			}
			if bundle.Is(args[0]) && bundle.Is(args[1]) {
				return a.drift(args[0], args[1], format)
			}
			return a.diff(c.Context(), args[0], args[1], entity, format)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	c.Flags().StringVar(&entity, "entity", "", "of aggregates: only the entity with this entityID")
	return c
}

func (a *app) diff(ctx context.Context, was, is, entity, format string) error {
	old, many, err := a.half(ctx, was, entity)
	if err != nil {
		return err
	}
	now, manyNow, err := a.half(ctx, is, entity)
	if err != nil {
		return err
	}
	if many != manyNow {
		return usageError{fmt.Errorf("one of %s and %s is an aggregate and the other a single entity: name the entity with --entity", was, is)}
	}
	if many {
		return a.diffAggregates(was, is, format)
	}
	changes, err := difference.Between(old, now)
	if err != nil {
		return usageError{err}
	}
	for _, c := range changes {
		if c.Gravity != difference.Harmless {
			a.code = report.ExitFailed
		}
	}
	if format == "json" {
		return a.json(struct {
			Was, Is string
			Changes []difference.Change `json:"changes"`
		}{was, is, append([]difference.Change{}, changes...)})
	}
	a.showChanges(is, changes)
	return nil
}

// half reads one of the two documents; many says that it is an aggregate, which
// is not read yet.
func (a *app) half(ctx context.Context, where, entity string) (doc *metadata.Doc, many bool, err error) {
	if strings.Contains(where, "://") || where == "-" {
		doc, err = a.document(ctx, where)
		return doc, false, err
	}
	o, err := a.open(where)
	if err != nil {
		return nil, false, err
	}
	defer o.close() //nolint:errcheck // only read
	many = o.many()
	switch {
	case many && entity != "":
		f, err := a.seekable(where)
		if err != nil {
			return nil, false, err
		}
		defer f.Close()
		doc, err = aggregate.Entity(f, where, entity)
		return doc, false, err
	case many:
		return nil, true, nil
	}
	doc, err = a.document(ctx, where)
	return doc, false, err
}

func (a *app) showChanges(is string, changes []difference.Change) {
	if len(changes) == 0 {
		fmt.Fprintln(a.out, "no difference that anybody would notice")
	}
	for _, c := range changes {
		at := is
		if c.Line > 0 {
			at = fmt.Sprintf("%s:%d", is, c.Line)
		}
		fmt.Fprintf(a.out, "%s: %s: %s: %s\n", at, strings.ToUpper(string(c.Gravity)), c.What, c.Because)
		if c.Was != "" {
			fmt.Fprintf(a.out, "    was    %s\n", c.Was)
		}
		if c.Is != "" {
			fmt.Fprintf(a.out, "    is     %s\n", c.Is)
		}
		if c.Do != "" {
			fmt.Fprintf(a.out, "    do     %s\n", c.Do)
		}
	}
	fmt.Fprintf(a.out, "exit %d\n", a.code)
}

func (a *app) diffAggregates(was, is, format string) error {
	old, err := a.open(was)
	if err != nil {
		return err
	}
	defer old.close() //nolint:errcheck // only read
	now, err := a.open(is)
	if err != nil {
		return err
	}
	defer now.close() //nolint:errcheck // only read
	c, err := aggregate.Compare(io.Reader(old), now, was, is)
	if err != nil {
		return err
	}
	if len(c.Removed)+len(c.Changed) > 0 {
		a.code = report.ExitFailed
	}
	if format == "json" {
		return a.json(c)
	}
	fmt.Fprintf(a.out, "%d entities before, %d now\n", c.Was, c.Is)
	for _, k := range []struct {
		what string
		ids  []string
	}{{"gone: whoever relies on them can no longer log in there", c.Removed}, {"changed: `samlcheck diff --entity ID` says how", c.Changed}, {"new", c.Added}} {
		if len(k.ids) == 0 {
			continue
		}
		fmt.Fprintf(a.out, "%d %s\n", len(k.ids), k.what)
		for _, id := range k.ids[:min(len(k.ids), shownIDs)] {
			fmt.Fprintln(a.out, "    "+id)
		}
		if n := len(k.ids) - shownIDs; n > 0 {
			fmt.Fprintf(a.out, "    and %d more (--format json lists all)\n", n)
		}
	}
	fmt.Fprintf(a.out, "exit %d\n", a.code)
	return nil
}
