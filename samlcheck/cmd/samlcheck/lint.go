package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/transcript"
)

func (a *app) lintCmd() *cobra.Command {
	var format, entity, certificate string
	c := &cobra.Command{
		Use: "lint FILE|URL|-...", Short: "metadata on its own: SP or IdP, one entity or an aggregate, told apart by content",
		Long: "Holds metadata against the checks that need nothing but the document. An aggregate of many entities\n" +
			"is read in one pass, in memory that does not grow with it, and its signature is verified on the way;\n" +
			"--entity judges one of its entities by the whole catalogue.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("%s wants a metadata file, an address or - for standard input", c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.trusted(certificate); err != nil {
				return err
			}
			r := documents("metadata")
			for _, where := range args {
				face, err := a.lintOne(c.Context(), where, entity)
				if len(face.Findings) > 0 {
					r.Faces = append(r.Faces, face)
				}
				if err != nil {
					if len(r.Faces) > 0 {
						r.Cut = err.Error()
						err = errors.Join(a.showDocs(r, format), err)
					}
					return err
				}
			}
			return a.showDocs(r, format)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json, junit")
	c.Flags().StringVar(&entity, "entity", "", "only the entity with this entityID, by the whole catalogue")
	c.Flags().StringVar(&certificate, "certificate", "", "file with the certificate of the aggregate's operator")
	return c
}

func (a *app) pairCmd() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "pair SP IDP", Short: "do these two agree, and what to type into whose form?", Args: exactly(2, "two documents: the SP's metadata, then the IdP's"),
		RunE: func(c *cobra.Command, args []string) error {
			sp, err := a.document(c.Context(), args[0])
			if err != nil {
				return err
			}
			idp, err := a.document(c.Context(), args[1])
			if err != nil {
				return err
			}
			if err := metadata.RequireSP(sp); err != nil {
				return err
			}
			if err := metadata.RequireIdP(idp); err != nil {
				return err
			}
			r := documents(args[0] + " and " + args[1])
			r.Target.EntityID = sp.EntityID()
			r.Faces = []report.Face{judged("pair", samlcheck.SPMetadata|samlcheck.IdPMetadata, engine.Docs{SP: sp, IdP: idp})}
			if err := a.showDocs(r, format); err != nil || format != "text" {
				return err
			}
			return a.showForms(forms(sp, idp))
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json, junit")
	return c
}

// document reads a file, an address, or standard input.
func (a *app) document(ctx context.Context, where string) (*metadata.Doc, error) {
	if where != "-" {
		return suite.Document(ctx, where, nil)
	}
	raw, err := io.ReadAll(io.LimitReader(a.in, metadata.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("standard input: %w", err)
	}
	return metadata.Parse(raw, "standard input")
}

func lint(doc *metadata.Doc) (report.Face, error) {
	switch doc.Kind() {
	case metadata.SP:
		return judged(doc.Source, samlcheck.SPMetadata, engine.Docs{SP: doc}), nil
	case metadata.IdP:
		return judged(doc.Source, samlcheck.IdPMetadata, engine.Docs{IdP: doc}), nil
	case metadata.Both:
		f := judged(doc.Source, samlcheck.SPMetadata, engine.Docs{SP: doc})
		f.Findings = append(f.Findings, judged("", samlcheck.IdPMetadata, engine.Docs{IdP: doc}).Findings...)
		return f, nil
	case metadata.Neither:
	}
	return report.Face{}, metadata.RequireSP(doc)
}

// judged runs the checks that read exactly these documents and try nothing.
func judged(name string, reads samlcheck.Input, d engine.Docs) report.Face {
	var docs []samlcheck.Check
	for _, c := range suite.Catalogue() {
		if c.Reads == reads && len(c.Trials) == 0 {
			docs = append(docs, c)
		}
	}
	p := engine.NewPlan(docs, engine.Permission{})
	rec := transcript.Record{Face: name}
	return report.FaceOf(rec, engine.Judge(p, d, rec, time.Now()), nil)
}

func documents(name string) *report.Report {
	now := time.Now().UTC()
	return &report.Report{
		Tool: report.Tool{Name: "samlcheck", Version: suite.Version()}, Started: now, Finished: now,
		Target: report.Target{Name: name, Kind: "documents", Hosts: []string{}},
	}
}

func (a *app) showDocs(r *report.Report, format string) error {
	if err := knownFormat(format); err != nil {
		return err
	}
	r.Finish(nil, false)
	a.code = r.Summary.Exit
	if format != "text" {
		return a.write(r, format, report.TextOptions{})
	}
	for _, f := range r.Faces {
		n := 0
		for _, x := range report.ByGravity(f.Findings) {
			if good := x.Outcome == samlcheck.Pass || x.Outcome == samlcheck.Skipped; good && !a.verbose {
				n++
				continue
			}
			a.docFinding(f.Face, x)
		}
		fmt.Fprintf(a.out, "%s: %d checks, %d of them with nothing to say\n", f.Face, len(f.Findings), n)
	}
	s := r.Summary
	fmt.Fprintf(a.out, "%d fail  %d warn  %d info  %d pass  %d undecided  %d skipped\n", s.Fail, s.Warn, s.Info, s.Pass, s.Inconclusive, s.Skipped)
	if r.Cut == "" { // else the fault that is told next has the last word
		fmt.Fprintf(a.out, "exit %d\n", s.Exit)
	}
	return nil
}

// docFinding prints a finding as compilers do, so that editors can jump there.
func (a *app) docFinding(source string, x samlcheck.Finding) {
	at := source
	if len(x.Evidence) > 0 && x.Evidence[0].Line > 0 {
		at = fmt.Sprintf("%s:%d", source, x.Evidence[0].Line)
	}
	fmt.Fprintf(a.out, "%s: %s %s: %s\n", at, x.Outcome, x.Check, x.Because)
	fmt.Fprintf(a.out, "    clause %s\n", strings.Join(x.Cites, "; "))
	if x.Remedy != "" {
		fmt.Fprintf(a.out, "    fix    %s\n", x.Remedy)
	}
}
