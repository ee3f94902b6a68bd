package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

func (a *app) spCmd() *cobra.Command {
	c := &cobra.Command{Use: "sp", Short: "the Samepage stand-in", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(a.spServeCmd())
	return c
}

// spFlags say which Samepage to be.
type spFlags struct {
	jit, addr, write, state string
	faces, flaws, quirks    []string
	surface                 []string
	habits                  []string
	slo                     bool
	slos                    []string
	lifetime                time.Duration
}

func (a *app) spServeCmd() *cobra.Command {
	var f spFlags
	c := &cobra.Command{
		Use: "serve", Short: "serve the stand-in until interrupted, for trying things out", Args: noArgs,
		Long: fmt.Sprintf("Serves a workspace that knows the mock identity provider of one face, writes a target file\nfor it, and waits.\n\njit modes: %v\nflaws: %v\nquirks: %v\nhabits: %v\nflaws of single logout: %v",
			samepage.JITModes(), samepage.Flaws(), samepage.Quirks(), samepage.Habits(), samepage.SLOFlaws()),
		RunE: func(c *cobra.Command, _ []string) error {
			sp, err := samepage.Start(f.options())
			if err != nil {
				return hinted{err, "samlcheck sp serve --help lists the modes, flaws, quirks and habits; --addr names another address"}
			}
			defer sp.Close()
			if err := a.introduce(sp, f); err != nil {
				return err
			}
			<-c.Context().Done()
			return nil
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.jit, "jit", string(samepage.Off), "what becomes of someone never invited")
	fl.StringVar(&f.addr, "addr", "127.0.0.1:8080", "where to listen")
	fl.StringVar(&f.write, "write-target", "", "write a target file for it there")
	fl.StringVar(&f.state, "state", ".samlcheck", "folder of the mock identity provider's keys")
	fl.StringSliceVar(&f.faces, "face", []string{"okta"}, "identity providers that it knows")
	fl.StringSliceVar(&f.flaws, "flaw", nil, "a rule of SAML to leave out")
	fl.BoolVar(&f.slo, "slo", false, "take part in single logout")
	fl.StringSliceVar(&f.slos, "slo-flaw", nil, "a rule of single logout to leave out")
	fl.DurationVar(&f.lifetime, "session", 0, "how long a session lasts (default 12h)")
	fl.StringSliceVar(&f.quirks, "quirk", nil, "a way to mislead")
	fl.StringSliceVar(&f.surface, "surface", nil, fmt.Sprintf("what it offers to programs: %v", samepage.Surfaces()))
	fl.StringSliceVar(&f.habits, "habit", nil, "a way of keeping accounts")
	return c
}

func (f spFlags) options() samepage.Options {
	o := samepage.Options{JIT: samepage.JIT(f.jit), Listen: f.addr, SLO: f.slo, SessionLifetime: f.lifetime}
	for _, x := range f.slos {
		o.SLOFlaws = append(o.SLOFlaws, samepage.SLOFlaw(x))
	}
	for _, x := range f.flaws {
		o.Flaws = append(o.Flaws, samepage.Flaw(x))
	}
	for _, x := range f.surface {
		o.Surface = append(o.Surface, samepage.Surface(x))
	}
	for _, x := range f.quirks {
		o.Quirks = append(o.Quirks, samepage.Quirk(x))
	}
	for _, x := range f.habits {
		o.Habits = append(o.Habits, samepage.Habit(x))
	}
	return o
}

// introduce registers the mock identity providers, invites the known member and
// says how to go on.
func (a *app) introduce(sp *samepage.Running, f spFlags) error {
	state, err := filepath.Abs(f.state)
	if err != nil {
		return err
	}
	t, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, true)), os.LookupEnv)
	if err != nil {
		return err
	}
	for _, face := range f.faces {
		i, err := suite.IdP(face, suite.Options{Loaded: t})
		if err != nil {
			return err
		}
		if err := sp.Server.AddIdP(i.Metadata()); err != nil {
			return err
		}
	}
	if err := sp.Server.InviteKnown(); err != nil {
		return err
	}
	if f.write != "" {
		if err := os.WriteFile(f.write, []byte(sp.TargetFile(state, true)), 0o600); err != nil {
			return fmt.Errorf("the target file cannot be written: %w", err)
		}
	}
	fmt.Fprintf(a.out, "Samepage stand-in at %s (jit %s)\nmetadata  %s\nlogin     %s\nmember    %s\nadmin     %s/admin/security/sso  token %s\n",
		sp.URL, f.jit, sp.MetadataURL, sp.LoginURL, samepage.KnownMember, sp.URL, sp.AdminToken)
	if f.write != "" {
		fmt.Fprintf(a.out, "try       samlcheck run -t %s --face %s\n", f.write, strings.Join(f.faces, ","))
	} else {
		fmt.Fprintln(a.out, "try       samlcheck init, or begin again with --write-target target.yaml")
	}
	return nil
}
