package bundle

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
)

// ErrLeak says that something which must not be written was found in a file.
var ErrLeak = errors.New("bundle: a secret would have been written")

// ready is all that a redactor knows, prepared to be looked for.
type ready struct {
	forth, back *needles
	kept        []needle
	sought      []sought // what may be in no file
	sieve       *sieve   // of what is sought
}

// sought is one string that may be in no file: a secret or the base64 of a name
// as it is, a name in any letter case and only where it counts as one.
type sought struct {
	rule, text string
	name       *needle
}

// prepare makes ready what the rules say; they do not change any more.
func (r *Redactor) prepare() {
	r.ready = ready{forth: newNeedles(r.forth), back: newNeedles(r.back)}
	for _, x := range r.secrets {
		r.ready.sought = append(r.ready.sought, sought{rule: x.rule, text: x.text})
	}
	for i := range r.forth {
		n := &r.forth[i]
		if n.to == "" {
			r.ready.kept = append(r.ready.kept, *n)
			continue
		}
		r.ready.sought = append(r.ready.sought, sought{n.rule, n.from, n})
		for _, b := range n.packed {
			r.ready.sought = append(r.ready.sought, sought{rule: n.rule + " (base64)", text: b})
		}
	}
	r.ready.sieve = newSieve(len(r.ready.sought), func(i int) string { return r.ready.sought[i].text })
}

// Leak names the rule that a text breaks, or "". It looks for the plain
// spelling, the URL-encoded, the HTML-escaped and the base64 one, and inside of
// what is encoded twice, in base64 or deflated.
func (r *Redactor) Leak(text string) string {
	if rule := r.plain(text); rule != "" {
		return rule
	}
	return r.leaksPacked(text)
}

// plain names the rule that a text breaks as it stands.
func (r *Redactor) plain(text string) string {
	for i, which := r.ready.sieve.next(text, 0); i >= 0; i, which = r.ready.sieve.next(text, i+1) {
		for _, k := range which {
			if x := &r.ready.sought[k]; r.stands(x, text, i) {
				return x.rule
			}
		}
	}
	return ""
}

// stands says whether something that is sought stands at a place: of a name, as
// one, and outside of what is kept.
func (r *Redactor) stands(x *sought, text string, i int) bool {
	if x.name == nil {
		return strings.HasPrefix(text[i:], x.text)
	}
	if !like(text[i:], x.text) {
		return false
	}
	low, at := around(text, i, max(r.ready.sieve.most, r.ready.forth.sieve.most))
	return strings.HasPrefix(low[at:], x.text) && x.name.counts(low, at) && !covered(low, at, *x.name, r.ready.kept)
}

// spellings are the ways in which a secret may stand in a text.
func spellings(rule, s string) []secret {
	if s == "" {
		return nil
	}
	out := []secret{{rule, s}}
	add := func(rule, t string) {
		if !slices.ContainsFunc(out, func(o secret) bool { return o.text == t }) {
			out = append(out, secret{rule, t})
		}
	}
	for _, f := range encodings() {
		add(rule+", encoded", f(s))
	}
	if len(s) >= 6 {
		for _, b := range base64s(s) {
			add(rule+", base64", b)
		}
	}
	return out
}

// base64s are the parts of a base64 text that stand for s, whatever stands
// before it: one for each of the three offsets.
func base64s(s string) []string {
	var out []string
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for off := range 3 {
			e := enc.EncodeToString(append(make([]byte, off), s...))
			cut := []int{0, 2, 3}[off]
			end := len(e)
			if (off+len(s))%3 != 0 {
				end-- // the last letter depends on what follows
			}
			if t := e[cut:end]; len(t) >= 6 && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}
