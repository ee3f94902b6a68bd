package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

// exampleWidth is how much of a line of XML is shown: certificates and values
// of signatures say nothing to a reader.
const exampleWidth = 160

// example is a message as a check would send it, made on the spot by the Okta
// face for nobody in particular: the lines that the forging changed are marked.
// "" for a check that sends nothing out of the ordinary.
func example(c samlcheck.Check) (string, error) {
	login, ok := unusual(c)
	if !ok {
		return "", nil
	}
	state, err := os.MkdirTemp("", "samlcheck-example-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(state)
	good, err := minted(state, trial.Login{As: login.As, Options: login.Options})
	if err != nil {
		return "", err
	}
	sent, err := minted(state, login)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, line := range sent {
		mark := "  "
		if !slices.Contains(good, line) {
			mark = "> "
		}
		if len(line) > exampleWidth {
			line = line[:exampleWidth] + " ..."
		}
		b.WriteString(mark + line + "\n")
	}
	return b.String(), nil
}

// unusual is the first login of a check that is forged or denied.
func unusual(c samlcheck.Check) (trial.Login, bool) {
	for _, t := range c.Trials {
		for _, s := range t.Steps {
			if l, ok := s.Do.(trial.Login); ok && len(l.Forge) > 0 {
				return l, true
			}
		}
	}
	return trial.Login{}, false
}

// minted is a message in lines, by an identity provider whose keys are in the
// folder state.
func minted(state string, l trial.Login) ([]string, error) {
	i, err := exampleIdP(state)
	if err != nil {
		return nil, err
	}
	who := idp.Person{Ref: string(l.As), NameID: "alice@example.com", Email: "alice@example.com", Username: "alice@example.com", GivenName: "Alice", Surname: "Example"}
	r := idp.Reply{
		Person: who, SP: idp.SP{EntityID: "https://sp.example/saml", ACS: []string{"https://sp.example/saml/acs"}}, Deny: l.Deny, Forge: l.Forge,
		Signing: idp.SignedAs(l.Options),
	}
	if l.Carry != "" {
		victim := who
		victim.NameID, victim.Email = "victim@example.com", "victim@example.com"
		r.Carry = &victim
	}
	m, err := i.Mint(r, "_request-of-the-sp", r.SP.ACS[0], nil)
	if err != nil {
		return nil, fmt.Errorf("an example cannot be made: %w", err)
	}
	doc := etree.NewDocument()
	doc.ReadSettings.PreserveCData = true
	if err := doc.ReadFromString(m.XML); err != nil {
		return strings.Split(m.XML, "\n"), nil //nolint:nilerr // what is no XML is shown as it is
	}
	for _, c := range doc.FindElements("//X509Certificate") {
		c.SetText(strings.Join(strings.Fields(c.Text()), ""))
	}
	doc.Indent(2)
	text, err := doc.WriteToString()
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimRight(text, "\n"), "\n"), nil
}

func exampleIdP(state string) (*idp.IdP, error) {
	profile, err := face.New("okta", target.IdP{})
	if err != nil {
		return nil, err
	}
	if _, err := idp.New(profile, idp.Options{State: state}); err != nil {
		return nil, err // the keys are made here, with real randomness
	}
	at := time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC)
	// Equal ids every time: two examples differ in what was forged and in nothing else.
	return idp.New(profile, idp.Options{State: state, Rand: rand.NewChaCha8([32]byte{}), Now: func() time.Time { return at }})
}
