// Command samlcheck tells what a SAML service provider really does.
//
// It reads its arguments, calls package suite and prints what package report
// makes of the result. Findings go to standard output; progress, remarks and
// errors to standard error. It decides nothing that another package could.
package main

import (
	"context"
	"crypto/x509"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"example.com/samepage/samlcheck/suite"
)

// lazyGC lets the heap grow to five times what is alive before it is swept: a
// run holds a few MiB, and a fifth of a login's CPU was collecting them.
// GOGC in the environment wins.
const lazyGC = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(lazyGC)
	}
	os.Exit(run())
}

// run is the whole program; tests call it in their own process.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	if err := a.root().ExecuteContext(ctx); err != nil {
		return a.fail(ctx, err)
	}
	return a.code
}

// app is one call of the program.
type app struct {
	in       io.Reader
	out, err io.Writer
	code     int    // the exit code of a command that did its work
	bars     *bars  // how far a run is, on a terminal; nil elsewhere
	target   string // path of the target file that is run

	trust                   []*x509.Certificate // whose signature over an aggregate is wanted
	quiet, verbose, noColor bool
}

func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "samlcheck",
		Short: "find out what a SAML service provider really does",
		Long: `samlcheck finds out what a SAML service provider really does: whether a first login
creates the account, and which rules of SAML sign-in it keeps. It is a mock Okta and a
mock Entra that log people in, with controls, so that the answer can be believed.

Try it offline:  samlcheck demo
Begin for real:  samlcheck init

Exit: 0 judged and nothing failed, 1 something failed or was not as expected,
2 usage or unreachable, 3 undecided or nothing judged, 130 interrupted.`,
		Version: suite.Version(), SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SetIn(a.in)
	c.SetOut(a.out)
	c.SetErr(a.err)
	f := c.PersistentFlags()
	f.BoolVarP(&a.quiet, "quiet", "q", false, "no progress, no remarks")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "every finding and every landing")
	f.BoolVar(&a.noColor, "no-color", false, "no colours (NO_COLOR does the same)")
	c.SetVersionTemplate("samlcheck {{.Version}}\n")
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	c.AddCommand(
		a.demoCmd(), a.initCmd(), a.runCmd(), a.jitCmd(), a.offboardCmd(), a.planCmd(), a.lintCmd(), a.pairCmd(), a.diffCmd(), a.analyzeCmd(), a.judgeCmd(),
		a.reportCmd(), a.bundleCmd(), a.idpCmd(), a.spCmd(), a.fidelityCmd(), a.checksCmd(),
		a.stormCmd(),
	)
	return c
}

// color says whether to paint: only for a person at a terminal.
func (a *app) color() bool {
	if _, no := os.LookupEnv("NO_COLOR"); no || a.noColor {
		return false
	}
	return isTerminal(a.out)
}

// width is the terminal's, 0 when there is none.
func (a *app) width() int {
	f, ok := a.out.(*os.File)
	if !ok {
		return 0
	}
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return min(w, 140)
}

func isTerminal(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
