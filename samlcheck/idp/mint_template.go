package idp

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp/template"
)

// Slots of a response's template. Behind the last are the values of attributes.
const (
	slotSP = iota
	slotACS
	slotInResponseTo
	slotResponseID
	slotAssertionID
	slotNameID
	slotSessionIndex
	slotDigest // of the assertion; of the response two further
	slotSignature
	_
	_
	slotValues
)

// Instants of a response's template.
const (
	slotNow = iota
	slotAuthn
	slotReckoned
	slotIssued
	slotEnds
)

// mould is how one shape of response is written: for every signature, in the order
// in which they are made, the text of what it covers and of its SignedInfo; then
// the message, and of what a LogoutRequest would name NameID and SessionIndex.
type mould struct {
	*template.Template
	done       Signing
	signatures int    // of two texts each
	format     string // of the NameID
}

// moulds are the templates of one IdP, by shape. A shape that comes once is made
// as a tree; the second time it is made both ways, and from the third on by
// template alone, if the two were equal.
type moulds struct {
	mu   sync.Mutex
	cert []byte // the templates hold it
	by   map[string]*mould
	once map[uint64]bool // hashes of shapes that came once
	seed maphash.Seed
	pool sync.Pool // of *scratch
}

// scratch is room to write in.
type scratch struct{ shape, text []byte }

// A run has a handful of shapes. Should somebody send thousands, the oldest
// knowledge goes.
const mostMoulds = 256

// find returns the mould of a shape. Without one, due says that it is time to make
// it.
func (m *moulds) find(shape, cert []byte) (found *mould, due bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.by == nil || !bytes.Equal(m.cert, cert) {
		m.by, m.once, m.cert, m.seed = map[string]*mould{}, map[uint64]bool{}, cert, maphash.MakeSeed()
	}
	found, known := m.by[string(shape)]
	if known {
		return found, false // nil: it cannot be had
	}
	h := maphash.Bytes(m.seed, shape)
	if m.once[h] {
		return nil, true
	}
	if len(m.once) >= 16*mostMoulds {
		clear(m.once)
	}
	m.once[h] = true
	return nil, false
}

func (m *moulds) keep(shape, cert []byte, f *mould) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !bytes.Equal(m.cert, cert) {
		return // a rollover came between
	}
	if len(m.by) >= mostMoulds {
		clear(m.by)
	}
	m.by[string(shape)] = f
}

// shapeOf writes down everything of a settled login that a template holds as a
// constant: what is there at all, what is signed, names, formats.
func shapeOf(dst []byte, l *Login) []byte {
	var bits uint64
	for _, there := range [...]bool{
		l.Signing.Response, l.Signing.Assertion, !l.SessionEnds.IsZero(), l.SP != "", l.ACS != "", l.InResponseTo != "",
		l.ResponseID != "", l.AssertionID != "", l.NameID != "", l.SessionIndex != "",
	} {
		bits <<= 1
		if there {
			bits |= 1
		}
	}
	dst = binary.AppendUvarint(dst, bits)
	text := func(s string) { dst = append(binary.AppendUvarint(dst, uint64(len(s))), s...) }
	text(l.Format)
	text(l.Context)
	for i := range l.Set {
		a := &l.Set[i]
		text(a.Name)
		text(a.Format)
		dst = binary.AppendUvarint(dst, uint64(len(a.Values)))
		for _, v := range a.Values {
			if v == "" {
				dst = append(dst, 0) // an element without text is written in another way
			} else {
				dst = append(dst, 1)
			}
		}
	}
	return dst
}

// probed is the login of that shape with a probe's values.
func probed(l Login, p template.Probe) Login {
	text := func(given string, slot int) string {
		if given == "" {
			return ""
		}
		return p.Text(slot)
	}
	out := Login{
		SP: text(l.SP, slotSP), ACS: text(l.ACS, slotACS), InResponseTo: text(l.InResponseTo, slotInResponseTo),
		ResponseID: text(l.ResponseID, slotResponseID), AssertionID: text(l.AssertionID, slotAssertionID),
		NameID: text(l.NameID, slotNameID), SessionIndex: text(l.SessionIndex, slotSessionIndex),
		Format: l.Format, Context: l.Context, Signing: l.Signing, Set: []Attribute{},
		Now: p.Instant(slotNow), AuthnInstant: p.Instant(slotAuthn), Reckoned: p.Instant(slotReckoned), Issued: p.Instant(slotIssued),
	}
	if !l.SessionEnds.IsZero() {
		out.SessionEnds = p.Instant(slotEnds)
	}
	slot := slotValues
	for _, a := range l.Set {
		at := Attribute{Name: a.Name, Format: a.Format}
		for _, v := range a.Values {
			at.Values = append(at.Values, text(v, slot))
			slot++
		}
		out.Set = append(out.Set, at)
	}
	return out
}

// fill puts a login's own values into a filling.
func (l *Login) fill(f *template.Filling) {
	for slot, v := range [...]string{
		slotSP: l.SP, slotACS: l.ACS, slotInResponseTo: l.InResponseTo, slotResponseID: l.ResponseID,
		slotAssertionID: l.AssertionID, slotNameID: l.NameID, slotSessionIndex: l.SessionIndex,
	} {
		f.Text(slot, v)
	}
	for slot, at := range [...]time.Time{slotNow: l.Now, slotAuthn: l.AuthnInstant, slotReckoned: l.Reckoned, slotIssued: l.Issued, slotEnds: l.SessionEnds} {
		f.Instant(slot, at)
	}
	slot := slotValues
	for i := range l.Set {
		for _, v := range l.Set[i].Values {
			f.Text(slot, v)
			slot++
		}
	}
}

// mould makes the mould of a settled login's shape from the face's own trees.
func (i *IdP) mould(l Login, cert []byte) (*mould, error) {
	var texts [2][][]byte
	m := &mould{}
	for n, p := range []template.Probe{template.First, template.Second} {
		doc := i.profile.Response(probed(l, p))
		subject := subjectOf(doc)
		lay := func(el *etree.Element) error {
			slot := slotDigest + len(texts[n])
			made, err := forge.Prepare(el, cert, i.profile.Style(), p.Text(slot), p.Text(slot+1))
			texts[n] = append(texts[n], made.Covered, made.Info)
			return err
		}
		var err error
		if m.done, err = signWith(doc.Root(), l.Signing, lay, nil); err != nil {
			return nil, err
		}
		if m.signatures = len(texts[n]) / 2; slotDigest+len(texts[n]) > slotValues {
			return nil, fmt.Errorf("idp: %s signs %d elements", i.profile.Name(), m.signatures)
		}
		text, err := i.profile.Serialize(doc)
		if err != nil {
			return nil, err
		}
		texts[n] = append(texts[n], text, []byte(subject.NameID), []byte(subject.SessionIndex))
		m.format = subject.Format
	}
	var err error
	if m.Template, err = template.Compile(texts[0], texts[1]); err != nil {
		return nil, fmt.Errorf("idp: %s: %w", i.profile.Name(), err)
	}
	return m, nil
}

// casting is one login on its way through the moulds.
type casting struct {
	login Login // settled
	with  Signer
	room  *scratch
	mould *mould // nil: to be made as a tree
	due   bool   // and then to be compared
}

// begin looks for the mould of a login. There is none for what is forged, denied,
// or encrypted, nor of a face that cannot settle.
func (i *IdP) begin(r Reply, l Login) casting {
	s, ok := i.profile.(Settler)
	if !ok || r.Deny || len(r.Forge) > 0 || i.profile.Admin().Encrypt {
		return casting{}
	}
	c := casting{login: s.Settle(l), with: i.signer()}
	if c.room, ok = i.moulds.pool.Get().(*scratch); !ok {
		c.room = &scratch{}
	}
	c.room.shape = shapeOf(c.room.shape[:0], &c.login)
	c.mould, c.due = i.moulds.find(c.room.shape, c.with.Cert)
	return c
}

// end gives back what was borrowed.
func (i *IdP) end(c *casting) {
	if c.room != nil {
		i.moulds.pool.Put(c.room)
	}
}

// cast is a response as a mould gives it.
type cast struct {
	text    []byte // in the casting's room
	subject Subject
	done    Signing
}

// pour writes the response of a login. It is nil where the mould does not take
// one of the values.
func (i *IdP) pour(c *casting, m *mould) (*cast, error) {
	style := i.profile.Style()
	f := m.Begin()
	defer f.Done()
	if c.login.fill(f); !f.OK() {
		return nil, nil
	}
	for n := range 2 * m.signatures {
		c.room.text = f.Append(c.room.text[:0], n)
		if n%2 == 0 {
			f.Text(slotDigest+n, style.DigestText(c.room.text))
			continue
		}
		value, err := i.value(style, c.room.text, c.with.Key)
		if err != nil {
			return nil, err
		}
		f.Text(slotDigest+n, value)
	}
	n := 2 * m.signatures
	c.room.text = f.Append(c.room.text[:0], n)
	return &cast{
		text: c.room.text, done: m.done,
		subject: Subject{NameID: string(f.Append(nil, n+1)), Format: m.format, SessionIndex: string(f.Append(nil, n+2))},
	}, nil
}

// learn makes the mould of a login that was made as a tree. Where the two differ,
// there is none for that shape.
func (i *IdP) learn(c *casting, text string, subject Subject, done Signing) {
	m, err := i.mould(c.login, c.with.Cert)
	if err == nil {
		var got *cast
		got, err = i.pour(c, m)
		switch {
		case err == nil && got == nil:
			return // of this login nothing is learnt
		case err != nil || string(got.text) != text || got.subject != subject || got.done != done:
			m = nil
		}
	}
	i.moulds.keep(c.room.shape, c.with.Cert, m)
}
