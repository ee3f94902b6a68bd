package target

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Load reads and checks a target file. env looks up environment variables; nil
// is os.LookupEnv. Relative paths in it are relative to its folder. The error
// holds all complaints (errors.Join); each names the file and the line.
func Load(path string, env func(string) (string, bool)) (*Target, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, &Error{File: path, Msg: "no such target file", Hint: "`samlcheck init` writes one; -t names another"}
		}
		return nil, fmt.Errorf("target: %w", err)
	}
	return Parse(path, src, env)
}

// Parse is Load for a file whose bytes are at hand.
func Parse(path string, src []byte, env func(string) (string, bool)) (*Target, error) {
	if env == nil {
		env = os.LookupEnv
	}
	root, err := tree(path, src)
	if err != nil {
		return nil, err
	}
	t := &Target{path: path, lines: map[string]int{}}
	d := &decoder{file: path, env: env, lines: t.lines}
	if root != nil {
		t.source = root.String() + "\n"
		d.decode(root, reflect.ValueOf(t).Elem(), "", "")
	}
	if len(d.errs) == 0 {
		t.settle(env)
		t.check(d)
	}
	if len(d.errs) > 0 {
		return nil, errors.Join(d.errs...)
	}
	return t, nil
}

func tree(path string, src []byte) (ast.Node, error) {
	f, err := parser.ParseBytes(src, 0)
	if err != nil {
		e := &Error{File: path, Msg: "not YAML: " + strings.SplitN(err.Error(), "\n", 2)[0]}
		var at yaml.Error
		if errors.As(err, &at) {
			e.Msg = "not YAML: " + at.GetMessage()
			if tk := at.GetToken(); tk != nil && tk.Position != nil {
				e.Line = tk.Position.Line
			}
		}
		return nil, e
	}
	if len(f.Docs) > 1 {
		return nil, &Error{File: path, Msg: "several YAML documents in one file; a target file is one"}
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		return nil, nil //nolint:nilnil // an empty file has no root; check says what it lacks
	}
	return f.Docs[0].Body, nil
}

// ManualBase is where the identity provider listens for a person's own browser,
// unless idp.base_url says otherwise.
const ManualBase = "http://127.0.0.1:8081"

// settle fills in defaults and makes paths absolute or relative to the file.
func (t *Target) settle(env func(string) (string, bool)) {
	if len(t.IdP.Faces) == 0 {
		t.IdP.Faces = []string{"okta", "entra"}
	}
	t.IdP.State = t.beside(or(t.IdP.State, ".samlcheck"))
	t.IdP.Okta.Org = or(t.IdP.Okta.Org, "samlcheck")
	t.IdP.Okta.App = or(t.IdP.Okta.App, "samlcheck")
	t.IdP.Okta.Sign = or(t.IdP.Okta.Sign, "both")
	t.IdP.Entra.Tenant = or(t.IdP.Entra.Tenant, "8e4dae73-0000-4000-8000-000000000000")
	t.IdP.Entra.Sign = or(t.IdP.Entra.Sign, "assertion")
	t.Browser = or(t.Browser, "plain")
	if t.Browser == "manual" { // the person's browser has to find it, at the same place in each run
		t.IdP.BaseURL = or(t.IdP.BaseURL, ManualBase)
	}
	if t.SP.Metadata != "" && !isURL(t.SP.Metadata) {
		t.SP.Metadata = t.beside(t.SP.Metadata)
		t.reach = consumers(t.SP.Metadata, t.SP.EntityID)
	}
	t.SP.CA = t.beside(t.SP.CA)
	for _, v := range t.SP.Headers {
		t.hide(v)
	}
	if m := t.Members; m != nil {
		if m.List != nil {
			m.List.File = t.beside(m.List.File)
			m.List.Command = t.program(m.List.Command)
			for _, v := range m.List.Header {
				t.hide(v)
			}
		}
		for _, c := range []*Command{m.Invite, m.Disable, m.Remove} {
			if c != nil {
				c.Command = t.program(c.Command)
			}
		}
	}
	for _, name := range t.Secrets {
		v, ok := env(name)
		if !ok {
			t.warnings = append(t.warnings, fmt.Sprintf("%s:%d: secrets: the environment has no variable %q, so there is nothing to hide",
				t.path, t.Line("secrets"), name))
		}
		t.hide(v)
	}
}

// hide remembers a value that must never be written, and of "Bearer x" x too.
func (t *Target) hide(v string) {
	if v == "" {
		return
	}
	t.hidden = append(t.hidden, v)
	if _, rest, ok := strings.Cut(v, " "); ok && len(rest) >= 8 {
		t.hidden = append(t.hidden, rest)
	}
}

// beside resolves a path against the folder of the target file.
func (t *Target) beside(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(filepath.Dir(t.path), p)
}

// program resolves a program that is given by a path; a bare name is looked up
// in PATH by whoever starts it.
func (t *Target) program(args []string) []string {
	if len(args) == 0 || !strings.ContainsRune(args[0], '/') || filepath.IsAbs(args[0]) {
		return args
	}
	at, err := filepath.Abs(t.beside(args[0]))
	if err != nil {
		return args // no working directory: whoever starts it will say so
	}
	return append([]string{at}, args[1:]...)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// consumers lists the assertion consumer URLs of a metadata file, so that the
// hosts of a run are known before anything is read properly. What cannot be
// read names no hosts; reading it properly will say why.
func consumers(file, entityID string) []string {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	var out []string
	mine := true
	for d := xml.NewDecoder(io.LimitReader(f, 64<<20)); ; {
		tok, err := d.Token()
		if err != nil {
			return out
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range e.Attr {
			switch {
			case e.Name.Local == "EntityDescriptor" && a.Name.Local == "entityID":
				mine = entityID == "" || a.Value == entityID
			case mine && e.Name.Local == "AssertionConsumerService" && a.Name.Local == "Location":
				out = append(out, a.Value)
			}
		}
	}
}
