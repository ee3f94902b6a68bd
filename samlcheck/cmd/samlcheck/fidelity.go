package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/idp/fidelity"
)

func (a *app) fidelityCmd() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "fidelity SAMPLE.xml|-", Short: "how near the mock comes to a message of the real vendor's",
		Args: exactly(1, "one message: a file with a Response, an Assertion or metadata, as XML or base64"),
		Long: `Reads a message that a real Okta or Entra tenant sent, has the face render it again from
its values, and compares. "identical" is arithmetic: what the face renders has the digest
that the vendor signed. Where values were replaced since, elements, order, prefixes,
declarations and attributes are compared ("skeleton"). The first difference is named.

Exit: 0 all of it identical, 1 something differs, 2 unreadable or neither vendor's,
3 alike as far as it could be compared: replaced values, or an encrypted part.`,
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usageError{fmt.Errorf("--format %s: text or json", format)}
			}
			raw, err := a.sample(args[0])
			if err != nil {
				return err
			}
			r, err := fidelity.Compare(raw)
			if err != nil {
				return hint("a captured SAMLResponse form field will do, as XML or base64", "%s: %w", args[0], err)
			}
			a.code = fidelityCode(r)
			if format == "json" {
				e := json.NewEncoder(a.out)
				e.SetIndent("", "  ")
				e.SetEscapeHTML(false)
				return e.Encode(r)
			}
			a.showFidelity(args[0], r)
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	return c
}

// sample reads a file or standard input, and no more than can be a message.
func (a *app) sample(where string) ([]byte, error) {
	in := a.in
	if where != "-" {
		f, err := os.Open(where)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, fidelity.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	return raw, nil
}

func fidelityCode(r fidelity.Report) int {
	switch {
	case !r.Faithful():
		return 1
	case r.Whole():
		return 0
	}
	return 3
}

func (a *app) showFidelity(source string, r fidelity.Report) {
	era := ""
	if r.Era != "" {
		era = ", " + r.Era
	}
	fmt.Fprintf(a.out, "%s: %s of %s%s\n", source, r.Document, r.Face, era)
	for _, p := range r.Parts {
		fmt.Fprintf(a.out, "%-10s %s: %s\n", p.Of, p.Result, p.Because)
		if d := p.Difference; d != nil {
			fmt.Fprintf(a.out, "    first at %s\n    theirs   %q\n    ours     %q\n", d.Path, d.Theirs, d.Ours)
		}
	}
	for _, n := range r.Notes {
		fmt.Fprintf(a.out, "note: %s\n", n)
	}
}
