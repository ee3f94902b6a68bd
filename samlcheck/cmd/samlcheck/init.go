package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// answers is what a target file is made of.
type answers struct {
	preset, name, metadata, login, known, domain string
	ca, proxy, fill                              string
	write                                        string
	force, schema                                bool
}

func (a *app) initCmd() *cobra.Command {
	var f answers
	c := &cobra.Command{
		Use: "init", Short: "ask a few questions (or take flags) and write target.yaml", Args: noArgs,
		Long: "Writes a target file. What the flags do not say is asked on standard input; Enter keeps what\nstands in [brackets]. --preset samepage fills in what Samepage documents.",
		RunE: func(c *cobra.Command, _ []string) error {
			if f.schema {
				_, err := a.out.Write(target.Schema())
				return err
			}
			return a.makeTarget(c.Context(), f)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.preset, "preset", "", "samepage")
	fl.StringVar(&f.name, "name", "", "what the target is called in reports")
	fl.StringVar(&f.metadata, "sp-metadata", "", "the service provider's metadata: a file or an address")
	fl.StringVar(&f.login, "login", "", "where SP-initiated login starts; - for IdP-initiated")
	fl.StringVar(&f.fill, "login-fill", "", "the field of the login page that asks for an e-mail address before it sends one on")
	fl.StringVar(&f.ca, "ca", "", "a file of PEM certificates to trust beside the system's")
	fl.StringVar(&f.proxy, "proxy", "", "an HTTP proxy for all requests")
	fl.StringVar(&f.known, "known", "", "a member who exists already")
	fl.StringVar(&f.domain, "domain", "", "domain for people who have never been there")
	fl.StringVarP(&f.write, "write", "w", "target.yaml", "the file to write")
	fl.BoolVar(&f.force, "force", false, "write over a file that exists")
	fl.BoolVar(&f.schema, "schema", false, "print the JSON Schema of a target file instead")
	return c
}

func (a *app) makeTarget(ctx context.Context, f answers) error {
	if f.preset != "" && f.preset != "samepage" {
		return usageError{fmt.Errorf("there is no preset %q: samepage is the one there is", f.preset)}
	}
	if _, err := os.Stat(f.write); !f.force && !errors.Is(err, fs.ErrNotExist) {
		return hint("--force writes over it, --write names another", "%s exists already", f.write)
	}
	q := &questions{in: bufio.NewReader(a.in), out: a.err}
	if f.preset == "samepage" {
		f.name = first(f.name, "Samepage")
		fmt.Fprintln(a.err, "Target file for Samepage. Press Enter to keep what is in [brackets].")
	}
	f.metadata = q.ask(f.metadata, "SP metadata (file or URL)", "")
	if q.err != nil {
		return q.err
	}
	doc, err := suite.Document(ctx, f.metadata, nil)
	if err != nil {
		return err
	}
	if err := metadata.RequireSP(doc); err != nil {
		return err
	}
	fmt.Fprintln(a.err, "    "+facts(doc))
	f.login = q.ask(f.login, "Login starts at (URL, or - for IdP-initiated)", "-")
	f.known = q.ask(f.known, "A member who exists already, without extra rights", "")
	_, domain, _ := strings.Cut(f.known, "@")
	f.domain = q.ask(f.domain, "Domain for people who have never been there", domain)
	if q.err != nil {
		return q.err
	}
	return a.writeTarget(f, doc)
}

func (a *app) writeTarget(f answers, doc *metadata.Doc) error {
	src, err := f.yaml(doc)
	if err != nil {
		return err
	}
	if _, err := target.Parse(f.write, []byte(src), os.LookupEnv); err != nil {
		return err
	}
	if err := os.WriteFile(f.write, []byte(src), 0o600); err != nil {
		return fmt.Errorf("the target file cannot be written: %w", err)
	}
	where := "your service provider's single sign-on settings: upload okta.xml"
	if f.preset == "samepage" {
		where = "In Samepage: Admin > Security > SSO, upload okta.xml  (needs a Pro or Enterprise plan)"
	}
	fmt.Fprintf(a.out, `Wrote %[1]s. Next:
  1. samlcheck idp metadata --face okta -t %[1]s > okta.xml   the identity provider to upload
  2. %[2]s
  3. invite %[3]s there, if that member does not exist yet
  4. samlcheck plan -t %[1]s --face okta                      what a run will do there
  5. samlcheck run  -t %[1]s --face okta                      do it
It sends nothing to a host that is not this machine until %[1]s says so: allow: [accounts, forgery].
`, f.write, where, f.known)
	return nil
}

// yaml writes the file. Every value is quoted, so that none means anything else.
func (f answers) yaml(doc *metadata.Doc) (string, error) {
	md, err := f.beside(f.metadata)
	if err != nil {
		return "", err
	}
	ca, err := f.beside(f.ca)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("# What samlcheck is told about one service provider. `samlcheck init --schema` describes every key.")
	line("name: %s", quoted(first(f.name, doc.EntityID())))
	line("sp:\n  metadata: %s", quoted(md))
	switch {
	case f.login == "-":
	case f.fill != "":
		line("  login: {url: %s, fill: {%s: '{{email}}'}}", quoted(f.login), quoted(f.fill))
	default:
		line("  login: %s", quoted(f.login))
	}
	if f.ca != "" {
		line("  ca: %s", quoted(ca))
	}
	if f.proxy != "" {
		line("proxy: %s", quoted(f.proxy))
	}
	line("people:\n  known: {email: %s}\n  fresh: {domain: %s}\n  attributes: rich", quoted(f.known), quoted(f.domain))
	line("idp:\n  faces: [okta, entra]\n  state: .samlcheck   # keys; keep it out of version control")
	if f.preset == "samepage" {
		line("# Samepage has no user API, no SCIM and no webhooks, so nobody can list the members for you. An export, or a")
		line("# command of yours, turns \"admitted\" and \"shut\" into a confirmed answer:")
		line("# members:\n#   list: {file: members.csv}")
	}
	line("# On a host that is not this machine nothing happens unless you allow it. Accounts may take seats, and only an")
	line("# administrator can delete them; forged messages must all be refused.")
	line("# allow: [accounts, forgery]")
	return b.String(), nil
}

// beside is a file's path as the target file has to name it.
func (f answers) beside(p string) (string, error) {
	if p == "" || strings.Contains(p, "://") || filepath.IsAbs(p) {
		return p, nil
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", err
	}
	dir, err := filepath.Abs(filepath.Dir(f.write))
	if err != nil {
		return "", err
	}
	return filepath.Rel(dir, abs)
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func first(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// facts is one line about the metadata, so that a wrong file is noticed now.
func facts(doc *metadata.Doc) string {
	out := "entityID " + doc.EntityID()
	if acs, ok := doc.DefaultACS(); ok {
		out += "   ACS " + acs.Location
		if u, err := url.Parse(acs.Binding); err == nil && u.Opaque != "" {
			out += " (" + acs.Binding[strings.LastIndexByte(acs.Binding, ':')+1:] + ")"
		}
	}
	if n := len(doc.SLO(doc.SP())); n == 0 {
		out += "   no SLO"
	} else {
		out += "   SLO endpoints: " + strconv.Itoa(n)
	}
	for _, c := range doc.SigningCertificates(doc.SP()) {
		out += "   certificate until " + c.NotAfter.UTC().Format("2006-01-02")
		break
	}
	return out
}

// questions asks on standard input what the flags left open.
type questions struct {
	in  *bufio.Reader
	out io.Writer
	err error
}

func (q *questions) ask(given, what, otherwise string) string {
	if given != "" || q.err != nil {
		return given
	}
	if otherwise != "" {
		what += " [" + otherwise + "]"
	}
	fmt.Fprintf(q.out, "  %s: ", what)
	line, err := q.in.ReadString('\n')
	line = strings.TrimSpace(line)
	if err != nil && line == "" {
		fmt.Fprintln(q.out)
	}
	if line == "" {
		line = otherwise
	}
	if line == "" {
		q.err = hint("give it by a flag: samlcheck init --help", "no answer to: %s", what)
	}
	return line
}
