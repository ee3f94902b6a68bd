package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

func (a *app) analyzeCmd() *cobra.Command {
	var format, out, sp, idp string
	var redact redactFlags
	c := &cobra.Command{
		Use: "analyze FILE|-", Short: "what a recording of a login says: a HAR, a SAML-tracer export, a pasted message",
		Long: `Reads a recording of a login and says how far it came, what is wrong with what was sent,
and whose side the cause is on. Nothing is sent anywhere.

FILE is a HAR of Chrome, Firefox, Safari or Fiddler, an export of SAML-tracer, or a text
with the value of SAMLRequest or SAMLResponse: base64, URL-encoded, or XML. - is standard input.

Record in a private window with "preserve log" on, from before the login until it has failed.
A recording holds passwords and cookies: give nobody the file. The bundle (-o) holds neither.`,
		Args: exactly(1, "one file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := knownFormat(format); err != nil {
				return err
			}
			o := suite.AnalyzeOptions{Name: args[0], Out: out, Identities: redact.identities, Command: "samlcheck " + strings.Join(os.Args[1:], " ")}
			var err error
			if o.SP, err = a.side(c, sp, metadata.RequireSP); err != nil {
				return err
			}
			if o.IdP, err = a.side(c, idp, metadata.RequireIdP); err != nil {
				return err
			}
			in, name := a.in, "standard input"
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return hint("name a HAR file, a SAML-tracer export or a file with a pasted message", "%v", err)
				}
				defer f.Close() //nolint:errcheck // only read
				in, name = f, args[0]
			}
			o.Name = name
			return a.analyze(in, o, format, redact.preview)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json, junit, markdown, html")
	c.Flags().StringVarP(&out, "out", "o", "", "folder in which an evidence bundle is made (default: none)")
	c.Flags().StringVar(&sp, "sp", "", "the service provider's metadata: a file or an address")
	c.Flags().StringVar(&idp, "idp", "", "the identity provider's metadata; responses are verified with its certificates alone")
	redact.add(c)
	return c
}

// side reads one side's metadata, nil where none is named.
func (a *app) side(c *cobra.Command, where string, is func(*metadata.Doc) error) (*metadata.Doc, error) {
	if where == "" {
		return nil, nil
	}
	doc, err := a.document(c.Context(), where)
	if err != nil {
		return nil, err
	}
	return doc, is(doc)
}

func (a *app) analyze(in io.Reader, o suite.AnalyzeOptions, format string, preview bool) error {
	res, err := suite.Analyze(in, o)
	if err != nil {
		return err
	}
	if !a.quiet {
		for _, n := range res.Notes {
			fmt.Fprintln(a.err, "note: "+n)
		}
	}
	if preview {
		a.sayHidden(&res.Result)
	}
	a.code = res.Report.Summary.Exit
	if format != "text" {
		return a.write(res.Report, format, report.TextOptions{})
	}
	open := res.Revealed()
	return a.write(&open, format, report.TextOptions{Bundle: res.Bundle})
}
