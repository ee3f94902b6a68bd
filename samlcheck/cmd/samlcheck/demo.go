package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// expected is what must be said of each mode when the members view can be read.
var expected = []struct {
	mode samepage.JIT
	want oracle.Verdict
}{
	{samepage.Off, oracle.NotProvisioned},
	{samepage.Create, oracle.Created},
	{samepage.CreateInactive, oracle.CreatedWaiting},
	{samepage.Form, oracle.Asks},
	{samepage.SessionOnly, oracle.Admitted},
	{samepage.NotAdmitted, oracle.NotAdmitted},
}

var demoFaces = []string{"okta", "entra"}

func (a *app) demoCmd() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "demo", Short: "the whole job, offline: both faces against the stand-in, a bundle at the end", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := newDemo(a, out)
			if err != nil {
				return err
			}
			defer os.RemoveAll(d.state)
			return d.run(c.Context())
		},
	}
	c.Flags().StringVarP(&out, "out", "o", ".", "folder in which the evidence bundles are made")
	return c
}

// demo shares keys between its stand-ins: making them is the slowest part.
type demo struct {
	a          *app
	out, state string
	key        *rsa.PrivateKey
	wrong      int
}

func newDemo(a *app, out string) (*demo, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, fmt.Errorf("no key could be made: %w", err)
	}
	state, err := os.MkdirTemp("", "samlcheck-demo-")
	if err != nil {
		return nil, fmt.Errorf("no temporary folder could be made: %w", err)
	}
	return &demo{a: a, out: out, state: state, key: key}, nil
}

func (d *demo) run(ctx context.Context) error {
	began := time.Now()
	fmt.Fprintln(d.a.out, "Does a first login create the account? Asked of the stand-in, whose answer is known.")
	fmt.Fprintf(d.a.out, "\n%-17s", "it does this")
	for n, face := range demoFaces {
		d.cell(n, "seen as "+face)
	}
	for _, row := range expected {
		fmt.Fprintf(d.a.out, "%-17s", row.mode)
		for n, face := range demoFaces {
			got, err := d.ask(ctx, face, row.mode)
			if err != nil {
				fmt.Fprintln(d.a.out)
				return err
			}
			mark := "right"
			if got != row.want {
				mark = "WRONG, should be " + string(row.want)
				d.wrong++
			}
			d.cell(n, fmt.Sprintf("%-16s %s", got, mark))
		}
	}
	for _, face := range demoFaces {
		if err := d.full(ctx, face); err != nil {
			return err
		}
	}
	fmt.Fprintf(d.a.out, "\nAll offline, in %s. For a real one: samlcheck init\n", time.Since(began).Round(100*time.Millisecond))
	if d.wrong > 0 {
		d.a.code = report.ExitFailed
	}
	return nil
}

// cell prints one face's cell of a row; the last one ends the line.
func (d *demo) cell(n int, text string) {
	if n == len(demoFaces)-1 {
		fmt.Fprintln(d.a.out, text)
		return
	}
	fmt.Fprintf(d.a.out, "%-28s", text)
}

// ask runs only the JIT experiment against one mode.
func (d *demo) ask(ctx context.Context, face string, mode samepage.JIT) (oracle.Verdict, error) {
	res, err := d.against(ctx, face, samepage.Options{JIT: mode}, suite.Options{Select: []string{suite.JIT}})
	if err != nil {
		return "", err
	}
	return report.Verdict(*res.Report.Faces[0].JIT), nil
}

// full runs the whole catalogue against a good stand-in, with a bundle.
func (d *demo) full(ctx context.Context, face string) error {
	res, err := d.against(ctx, face, samepage.Options{JIT: samepage.Create}, suite.Options{Out: d.out, Progress: d.a.progress()})
	d.a.endProgress()
	if err != nil {
		return err
	}
	s := res.Report.Summary
	fmt.Fprintf(d.a.out, "\nAll checks as %s: %d pass  %d fail  %d warn  %d info  %d undecided  %d skipped\n", face, s.Pass, s.Fail, s.Warn, s.Info, s.Inconclusive, s.Skipped)
	fmt.Fprintf(d.a.out, "Evidence: %s\n", filepath.Join(res.Bundle, "report.html"))
	if s.Fail > 0 {
		d.wrong++
	}
	return nil
}

// against starts a stand-in, introduces the face's identity provider, and runs.
func (d *demo) against(ctx context.Context, face string, so samepage.Options, o suite.Options) (*suite.Result, error) {
	so.Key = d.key
	sp, err := samepage.Start(so) //nolint:contextcheck // it lives until Close, not until a context ends
	if err != nil {
		return nil, err
	}
	defer sp.Close() //nolint:contextcheck // as above
	if o.Loaded, err = target.Parse("the stand-in's target", []byte(sp.TargetFile(filepath.Join(d.state, "keys"), true)), os.LookupEnv); err != nil {
		return nil, err
	}
	i, err := suite.IdP(face, o)
	if err != nil {
		return nil, err
	}
	if err := sp.Server.AddIdP(i.Metadata()); err != nil {
		return nil, err
	}
	o.Faces, o.Members, o.Command = []string{face}, sp.Directory(), "samlcheck demo"
	return suite.Run(ctx, o)
}
