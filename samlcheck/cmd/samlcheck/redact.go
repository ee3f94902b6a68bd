package main

import (
	"cmp"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/suite"
)

// redactFlags say what evidence hides.
type redactFlags struct{ identities, preview bool }

func (f *redactFlags) add(c *cobra.Command) {
	c.Flags().BoolVar(&f.identities, "show-identities", false, "leave names and addresses readable in the evidence; secrets are cut all the same")
	c.Flags().BoolVar(&f.preview, "redact-preview", false, "say at the end, here and in no file, what the evidence hides and what stands in its place")
}

// sayHidden is the preview. It holds real names, so it goes to standard error,
// which nobody redirects into a ticket.
func (a *app) sayHidden(res *suite.Result) {
	hidden := res.Hidden()
	if len(hidden) == 0 {
		fmt.Fprintln(a.err, "nothing had to be hidden")
		return
	}
	fmt.Fprintln(a.err, "hidden in the evidence (this list is in no file):")
	w := tabwriter.NewWriter(a.err, 0, 0, 2, ' ', 0)
	for _, h := range hidden {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%d times\n", h.Rule, cmp.Or(h.From, "(not shown)"), h.To, h.Times)
	}
	_ = w.Flush() //nolint:errcheck // talk
}
