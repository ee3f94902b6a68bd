//go:build unix

package main

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// An option is a way in which an administrator can have the IdP sign.
type option struct {
	sign      string // response, assertion, both
	encrypted bool
}

func (o option) String() string {
	if o.encrypted {
		return o.sign + ", encrypted"
	}
	return o.sign
}

func signings() []option {
	var all []option
	for _, encrypted := range []bool{false, true} {
		for _, sign := range []string{"response", "assertion", "both"} {
			all = append(all, option{sign, encrypted})
		}
	}
	return all
}

// A need is why the SP as it is ordinarily configured must refuse some options,
// and the word in SET by which its start script is told to allow them.
type need struct {
	set     string
	of      func(option) bool
	unsent  bool // no certificate to encrypt for is published: the IdP has nothing to send
	because string
}

func responseOnly(o option) bool  { return o.sign == "response" }
func encryptedOnly(o option) bool { return o.encrypted }

// needs are the words to set for an option; none when it needs nothing.
func (s sp) needs(o option) (set []string, unsent bool) {
	for _, n := range s.allows {
		if n.of(o) {
			set, unsent = append(set, n.set), unsent || n.unsent
		}
	}
	return set, unsent
}

// A trial is one option at one SP: what came of it, and under which settings.
type trial struct {
	option option
	set    string // words of needs; "" is the ordinary configuration
	got    string // yes, or where the known member landed
}

// configured tries one started SP with each option that its settings are for,
// and in the ordinary configuration also with those that it must refuse.
func (c command) configured(ctx context.Context, j job, set string) ([]trial, error) {
	var out []trial
	for _, o := range signings() {
		words, unsent := j.sp.needs(o)
		if strings.Join(words, " ") != set && (set != "" || unsent) {
			continue
		}
		got, err := c.option(ctx, j.face, o)
		if err != nil {
			return nil, fmt.Errorf("%s (set: %q): %w", o, set, err)
		}
		out = append(out, trial{option: o, set: set, got: got})
	}
	return out, nil
}

// settings are the restarts that an SP needs to be tried with everything.
func (s sp) settings() []string {
	var all []string
	for _, o := range signings() {
		if words, _ := s.needs(o); len(words) > 0 && !slices.Contains(all, strings.Join(words, " ")) {
			all = append(all, strings.Join(words, " "))
		}
	}
	return all
}

// option logs the known member in, and makes sure that what was sent was what
// the option says: an option that does nothing would be accepted everywhere.
func (c command) option(ctx context.Context, face string, o option) (string, error) {
	name := strings.ReplaceAll(o.String(), ", ", "-")
	target, out := "target-"+name+".yaml", filepath.Join(c.dir, "evidence-"+name)
	if err := c.setOption(target, face, o); err != nil {
		return "", err
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return "", err
	}
	f, err := c.report(ctx, "run", "-t", target, "--face", face, "-o", out, "provisioning/known-member-signs-in")
	if err != nil {
		return "", err
	}
	sent, err := filepath.Glob(filepath.Join(out, "*", "messages", face+"-000-login-response.xml"))
	if err != nil || len(sent) != 1 {
		return "", fmt.Errorf("%d responses kept, not one (%s)", len(sent), f.accepted())
	}
	raw, err := os.ReadFile(sent[0])
	if err != nil {
		return "", err
	}
	return f.accepted(), o.sentAs(raw, f.Landings[0].Sent)
}

// setOption writes a target file that is target.yaml with the option in it.
func (c command) setOption(name, face string, o option) error {
	raw, err := os.ReadFile(filepath.Join(c.dir, "target.yaml"))
	if err != nil {
		return err
	}
	var all map[string]any
	if err := yaml.Unmarshal(raw, &all); err != nil {
		return err
	}
	idp, ok := all["idp"].(map[string]any)
	if !ok {
		return errors.New("target.yaml has no idp")
	}
	idp[face] = map[string]any{"sign": o.sign, "encrypt": o.encrypted}
	if raw, err = yaml.Marshal(all); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.dir, name), raw, 0o600)
}

// sentAs compares a response with the option. Inside of what is encrypted it
// cannot look, and goes by what the report says that it signed.
func (o option) sentAs(raw []byte, said string) error {
	type signed struct {
		Signature *struct{} `xml:"http://www.w3.org/2000/09/xmldsig# Signature"`
	}
	var r struct {
		signed
		Assertion *signed   `xml:"urn:oasis:names:tc:SAML:2.0:assertion Assertion"`
		Encrypted *struct{} `xml:"urn:oasis:names:tc:SAML:2.0:assertion EncryptedAssertion"`
	}
	if err := xml.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), &r); err != nil {
		return fmt.Errorf("what was sent: %w", err)
	}
	switch {
	case (r.Encrypted != nil) != o.encrypted || (r.Assertion != nil) == o.encrypted:
		return fmt.Errorf("what was sent is not %s: EncryptedAssertion %t, Assertion %t", o, r.Encrypted != nil, r.Assertion != nil)
	case (r.Signature != nil) != (o.sign != "assertion"):
		return fmt.Errorf("what was sent is not %s: the response's signature: %t", o, r.Signature != nil)
	case !o.encrypted && (r.Assertion.Signature != nil) != (o.sign != "response"):
		return fmt.Errorf("what was sent is not %s: the assertion's signature: %t", o, r.Assertion.Signature != nil)
	case said != "response, signed: "+o.sign:
		return fmt.Errorf("what was sent is not %s, says the report: %q", o, said)
	}
	return nil
}

// compareOptions fails where an SP refuses what its settings allow, or takes
// what they forbid: then what is written in matrix.go is wrong.
func (r *result) compareOptions() {
	for _, o := range signings() {
		words, unsent := r.job.sp.needs(o)
		set := strings.Join(words, " ")
		if set != "" && !unsent {
			switch got := r.option(o, ""); got {
			case "yes":
				r.problems = append(r.problems, fmt.Sprintf("%s: accepted without %q set, which matrix.go says it needs", o, set))
			case "", "not tried":
				r.problems = append(r.problems, fmt.Sprintf("%s: not seen to be refused without %q set", o, set))
			}
		}
		if got := r.option(o, set); got != "yes" {
			r.problems = append(r.problems, fmt.Sprintf("%s (set: %q): landed: %s", o, set, got))
		}
	}
}

// option is what came of one, "not tried" where nothing did.
func (r *result) option(o option, set string) string {
	for _, t := range r.trials {
		if t.option == o && t.set == set {
			return t.got
		}
	}
	return "not tried"
}
