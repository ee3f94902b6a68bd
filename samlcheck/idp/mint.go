package idp

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// asked is what a request wants of the response.
type asked struct {
	id, acs, format, context string
	relay                    *string
	force, passive           bool // ForceAuthn, IsPassive
}

// Minted is a response that is ready to be posted.
type Minted struct {
	ACS  string
	XML  string
	Form url.Values // SAMLResponse, and RelayState where there is one
	Sent *transcript.Message

	Subject Subject // what a LogoutRequest would name

	signed Signing
}

// Mint makes the response that the reply asks for: composed by the face, spoilt
// by the mutations, signed. An error is the mock's own fault, never a refusal.
func (i *IdP) Mint(r Reply, inResponseTo, acs string, relayState *string) (*Minted, error) {
	return i.mint(r, asked{id: inResponseTo, acs: acs, relay: relayState})
}

func (i *IdP) mint(r Reply, a asked) (*Minted, error) {
	login, err := i.login(r, a)
	if err != nil {
		return nil, err
	}
	a.relay = i.relayState(a)
	c := i.begin(r, login)
	defer i.end(&c)
	if c.mould != nil {
		made, err := i.pour(&c, c.mould)
		if err != nil {
			return nil, err
		}
		if made != nil {
			c.login.Signing = made.done
			return minted(made.text, made.text, made.subject, r, a, c.login, c.login.Set), nil
		}
	}
	m, err := i.grow(r, a, login)
	if err == nil && c.due {
		i.learn(&c, m.XML, m.Subject, m.signed)
	}
	return m, err
}

// grow makes the response as a tree.
func (i *IdP) grow(r Reply, a asked, login Login) (*Minted, error) {
	var doc *etree.Document
	var set []Attribute
	if r.Deny {
		// A strict service provider reads nothing that is not signed.
		doc, login.Signing = i.profile.Denial(login), Signing{Response: true}
		sayPassive(doc, a.passive)
	} else {
		doc, set = i.profile.Response(login), i.profile.Attributes(login)
	}
	subject := subjectOf(doc)
	ctx, err := i.context(r, login)
	if err != nil {
		return nil, err
	}
	if err := apply(doc, r.Forge, forge.BeforeSigning, ctx); err != nil {
		return nil, err
	}
	seal := func(a *etree.Element) error { return i.seal(a, r.SP) }
	if r.Deny || !i.profile.Admin().Encrypt {
		seal = nil
	} else if err := unsealable(r.Forge); err != nil {
		return nil, err
	}
	if login.Signing, err = i.sign(doc.Root(), login.Signing, r.Forge, seal); err != nil {
		return nil, err
	}
	if err := apply(doc, r.Forge, forge.AfterSigning, ctx); err != nil {
		return nil, err
	}
	text, err := i.profile.Serialize(doc)
	if err != nil {
		return nil, err
	}
	sent, err := rewrite(text, r.Forge, ctx)
	if err != nil {
		return nil, err
	}
	return minted(sent, text, subject, r, a, login, set), nil
}

// longestKept bounds what a transcript keeps of one message.
const longestKept = 1 << 18

// minted is the text as it goes out, and as it was before it was rewritten. It
// keeps neither slice.
func minted(text, before []byte, subject Subject, r Reply, a asked, l Login, set []Attribute) *Minted {
	form := url.Values{"SAMLResponse": {packed(text)}}
	xml := string(text)
	sent := &transcript.Message{XML: xml, Binding: "HTTP-POST", URL: l.ACS, Signed: signedWords(l.Signing), Attributes: Names(set)}
	if len(text) > longestKept || !utf8.Valid(text) {
		sent.XML = string(before) // what was made of it stands in Changed
	}
	if a.relay != nil {
		form.Set("RelayState", *a.relay)
		sent.RelayState, sent.HasRelayState = *a.relay, true
	}
	for _, m := range r.Forge {
		sent.Changed = append(sent.Changed, m.Name)
	}
	return &Minted{ACS: l.ACS, XML: xml, Form: form, Sent: sent, Subject: subject, signed: l.Signing}
}

// packed is base64, made in one piece of memory: the form's value is as large as
// all else of a login together.
func packed(text []byte) string {
	var b strings.Builder
	b.Grow(base64.StdEncoding.EncodedLen(len(text)))
	var chunk [4096]byte
	for piece := range slices.Chunk(text, len(chunk)/4*3) {
		n := base64.StdEncoding.EncodedLen(len(piece))
		base64.StdEncoding.Encode(chunk[:], piece)
		b.Write(chunk[:n])
	}
	return b.String()
}

// authnAge is how long before the response the person signed in at the IdP.
const authnAge = 2 * time.Minute

func (i *IdP) login(r Reply, a asked) (Login, error) {
	now := i.now().UTC()
	l := Login{
		SP: r.SP.EntityID, ACS: a.acs, InResponseTo: a.id, Person: r.Person, Rich: r.Rich,
		NameIDFormat: NameIDFormat(r.NameIDFormat), AskedFormat: a.format, AskedContext: a.context,
		Signing: i.profile.Signing(),
		Now:     now, AuthnInstant: now.Add(-authnAge),
	}
	if r.Signing != nil {
		l.Signing = *r.Signing
	}
	if a.force {
		l.AuthnInstant = now // the person has just signed in again
	}
	var err error
	if l.ResponseID, err = i.id(i.profile.NewID); err != nil {
		return l, err
	}
	l.AssertionID, err = i.id(i.profile.AssertionID)
	return l, err
}

// context gives a mutation the other person whom the forged part names.
func (i *IdP) context(r Reply, l Login) (forge.Context, error) {
	own := i.signer()
	ctx := forge.Context{
		Own: forge.Signer{Key: own.Key, Cert: own.Cert}, Style: i.profile.Style(),
		SealFor: r.SP.Encryption, Random: i.rand, CallBack: r.CallBack,
	}
	if len(r.Forge) > 0 {
		foreign, err := i.stranger()
		if err != nil {
			return ctx, err
		}
		ctx.Foreign = forge.Signer{Key: foreign.Key, Cert: foreign.Cert}
	}
	ctx.NewID = func() string {
		id, err := i.id(i.profile.NewID)
		if err != nil {
			return l.ResponseID + "1" // still another id; the run goes on
		}
		return id
	}
	if r.Carry == nil {
		return ctx, nil
	}
	victim := l
	victim.Person = *r.Carry
	ctx.Carry = forge.Identity{Replace: map[string]string{}}
	for _, id := range forge.FindAll(i.profile.Response(victim).Root(), "NameID") {
		ctx.Carry.NameID = id.Text() // as this face would name the victim
	}
	theirs := map[string][]string{}
	for _, at := range i.profile.Attributes(victim) {
		theirs[at.Name] = at.Values
	}
	for _, at := range i.profile.Attributes(l) {
		for n, v := range at.Values {
			_, known := ctx.Carry.Replace[v]
			if to := theirs[at.Name]; !known && n < len(to) && to[n] != v {
				ctx.Carry.Replace[v] = to[n]
			}
		}
	}
	return ctx, nil
}

// rewrite spoils the text of a message that is otherwise ready.
func rewrite(text []byte, ms []forge.Mutation, ctx forge.Context) ([]byte, error) {
	for _, m := range ms {
		if m.Stage != forge.Written || m.Text == nil {
			continue
		}
		out, err := m.Text(text, ctx)
		if err != nil {
			return nil, fmt.Errorf("idp: %q could not be forged: %w", m.Name, err)
		}
		if bytes.Equal(out, text) {
			return nil, fmt.Errorf("idp: %q changed nothing", m.Name)
		}
		text = out
	}
	return text, nil
}

func apply(doc *etree.Document, ms []forge.Mutation, stage forge.Stage, ctx forge.Context) error {
	for _, m := range ms {
		if m.Stage != stage || m.Apply == nil {
			continue
		}
		if err := m.Apply(doc.Root(), ctx); err != nil {
			return fmt.Errorf("idp: %q could not be forged: %w", m.Name, err)
		}
	}
	return nil
}

// sign signs what the administrator chose, the assertion before the response,
// with the key that the mutations ask for, and says what it signed. Between the
// two, assertions are sealed.
func (i *IdP) sign(response *etree.Element, want Signing, ms []forge.Mutation, seal func(*etree.Element) error) (done Signing, err error) {
	with, fault := i.signer(), forge.SignWell
	for _, m := range ms {
		if m.Stage == forge.Signing {
			fault = m.Sign
		}
	}
	if fault == forge.SignNothing {
		return done, eachAssertion(response, nil, seal)
	}
	if fault != forge.SignWell {
		if with, err = i.stranger(); err != nil {
			return done, err
		}
	}
	if fault == forge.SignMasked {
		with.Cert = i.signer().Cert
	}
	style := i.profile.Style()
	return signWith(response, want, func(el *etree.Element) error {
		return forge.Sign(el, with.Key, with.Cert, style)
	}, seal)
}

// signWith says what is signed, and in which order.
func signWith(response *etree.Element, want Signing, sign, seal func(*etree.Element) error) (done Signing, err error) {
	inner := func(a *etree.Element) error {
		if !want.Assertion {
			return nil
		}
		done.Assertion = true
		return sign(a)
	}
	if err := eachAssertion(response, inner, seal); err != nil {
		return done, err
	}
	// Without an assertion the response itself is signed: one that is refused for
	// want of a signature would say nothing about the fault.
	if want.Response || !done.Assertion {
		done.Response = true
		err = sign(response)
	}
	return done, err
}

func signedWords(s Signing) string {
	switch {
	case s.Response && s.Assertion:
		return "both"
	case s.Response:
		return "response"
	case s.Assertion:
		return "assertion"
	}
	return ""
}
