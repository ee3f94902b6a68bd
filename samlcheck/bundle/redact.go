package bundle

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"

	"example.com/samepage/samlcheck/transcript"
)

// cutSecret and cutSignature stand where something was taken out for good.
const (
	cutSecret    = "[cut: secret]"
	cutSignature = "[cut: signature]"
)

// The rules that have no needle of a person.
const (
	ruleValue     = "attribute value"
	ruleSignature = "signature"
	ruleQuery     = "packed request"
)

// Rules say what must not be written.
type Rules struct {
	Known  *transcript.Person // the member whose identity becomes a pseudonym; nil for none
	Keep   []string           // hosts and domains that stay readable: the SP's, and that of the fresh people
	Values []string           // further values of that member's attributes: a phone number, a manager
	Hidden []string           // secrets: cut wherever they stand
	Shown  bool               // identities stay readable: the owner wants it; secrets are cut all the same
	Key    []byte             // of this run, never stored; random when nil
}

// Redactor replaces identities by pseudonyms that keep their shape: the same
// length, letter case and punctuation, the same value for the same person in
// every file of a run. It works word by word, so "Alice", "ALICE" and the alice
// of alice.smith@acme.example become the same other name. Safe for several
// goroutines.
type Redactor struct {
	forth   []needle // real to pseudonym
	back    []needle // pseudonym to real
	secrets []secret
	ready   ready // all of these, to look for
	done    done
	weighed *memory
	known   string // ref of the known member
	shown   bool   // identities are
	key     []byte
	off     map[string]bool // rules that a test leaves out, to see that they are needed

	mu     sync.Mutex
	counts map[string]int // by rule
	times  map[string]int // by what was replaced
}

// needle is one string to look for.
type needle struct {
	rule string // for the counts and the self-test: "e-mail", "word", ...
	from string // in lower case
	to   string // in lower case; "" keeps it as it is
	bare bool   // one word, without punctuation in it

	packed []string // how it looks within base64, where it is long enough to tell
}

// secret is one spelling of something to be cut.
type secret struct{ rule, text string }

// NewRedactor prepares the rules. It fails only when no randomness can be had.
func NewRedactor(r Rules) (*Redactor, error) {
	if r.Key == nil {
		r.Key = make([]byte, 32)
		if _, err := rand.Read(r.Key); err != nil {
			return nil, fmt.Errorf("bundle: no randomness for the run's key: %w", err)
		}
	}
	red := &Redactor{counts: map[string]int{}, times: map[string]int{}, key: r.Key, weighed: newMemory()}
	for _, h := range r.Hidden {
		red.secrets = append(red.secrets, spellings("secret", h)...)
	}
	slices.SortStableFunc(red.secrets, func(a, b secret) int { return len(b.text) - len(a.text) })
	for _, k := range r.Keep {
		k = strings.ToLower(strings.TrimSpace(k))
		host, _, _ := strings.Cut(k, ":")
		for _, k := range []string{k, host} {
			if k != "" {
				red.forth = append(red.forth, needle{rule: "kept", from: k})
			}
		}
	}
	if red.shown = r.Shown; r.Known != nil && !r.Shown {
		red.known = r.Known.Ref
		red.learn(*r.Known, r.Values, &names{key: r.Key, of: map[string]string{}, taken: map[string]bool{}}, r.Keep)
	}
	for _, n := range red.forth {
		if n.to == "" {
			red.back = append(red.back, n)
			continue
		}
		red.back = append(red.back, needle{rule: n.rule, from: n.to, to: n.from, bare: n.bare})
	}
	longest := func(a, b needle) int { return len(b.from) - len(a.from) }
	slices.SortStableFunc(red.forth, longest)
	slices.SortStableFunc(red.back, longest)
	red.prepare()
	return red, nil
}

// learn turns a person into needles.
func (r *Redactor) learn(p transcript.Person, values []string, ns *names, keep []string) {
	local, domain := p.Email, ""
	if i := strings.LastIndexByte(p.Email, '@'); i > 0 {
		local, domain = p.Email[:i], p.Email[i+1:]
	}
	phrases := []secret{
		{"e-mail", p.Email}, {"NameID", p.NameID}, {"user name", p.Username}, {"display name", p.DisplayName},
		{"local part", local}, {"given name", p.GivenName}, {"surname", p.Surname},
	}
	for _, v := range values {
		phrases = append(phrases, secret{ruleValue, v})
	}
	for _, ph := range phrases {
		for w := range strings.FieldsFuncSeq(strings.ToLower(ph.text), separates) {
			ns.taken[w] = true // no pseudonym may be a real name
		}
	}
	if domain != "" && !keeps(keep, domain) {
		r.add("domain", domain, ns.domain(strings.ToLower(domain)))
	}
	for _, ph := range phrases {
		if ph.text == "" {
			continue
		}
		l, d := ph.text, ""
		if i := strings.LastIndexByte(ph.text, '@'); i > 0 {
			l, d = ph.text[:i], ph.text[i:]
		}
		to := ns.phrase(strings.ToLower(l))
		if d != "" && !keeps(keep, d[1:]) {
			d = "@" + ns.domain(strings.ToLower(d[1:]))
		}
		r.add(ph.rule, ph.text, to+strings.ToLower(d))
		if ph.rule == ruleValue && d == "" {
			continue // "Engineering" as a whole; the words of "Head of Sales" are everybody's
		}
		for w := range strings.FieldsFuncSeq(strings.ToLower(l), separates) {
			r.add("word of the name", w, ns.word(w))
		}
	}
}

// add enters a needle in all its spellings, once. A lone word that the protocol
// or the tool itself uses identifies nobody and would break what it stands in.
func (r *Redactor) add(rule, from, to string) {
	from = strings.ToLower(from)
	bare := strings.IndexFunc(from, separates) < 0
	if bare && common(from) || from == to {
		return
	}
	for _, f := range encodings() {
		n := needle{rule: rule, from: strings.ToLower(f(from)), to: strings.ToLower(f(to)), bare: bare && rule != ruleValue}
		if len(n.from) >= 8 && n.to != "" {
			n.packed = base64s(n.from)
		}
		if !slices.ContainsFunc(r.forth, func(o needle) bool { return o.from == n.from }) {
			r.forth = append(r.forth, n)
		}
	}
}

// String redacts one text. A run says the same things again and again: what is
// short is redacted once, and counted as often as it comes.
func (r *Redactor) String(s string) string {
	if s == "" {
		return s
	}
	out, t, ok := r.done.get(s)
	if !ok {
		out = r.redact(s, &t)
		r.done.put(s, out, t)
	}
	r.counted(t)
	return out
}

func (r *Redactor) redact(s string, t *tally) string {
	for _, x := range r.secrets {
		if n := strings.Count(s, x.text); n > 0 {
			s = strings.ReplaceAll(s, x.text, cutSecret)
			t.add(x.rule, "", n)
		}
	}
	return r.packed(replace(s, r.ready.forth, func(n needle) { t.add(n.rule, n.from, 1) }), t)
}

// Reveal puts the known member's names back, for the local terminal only.
func (r *Redactor) Reveal(s string) string { return replace(s, r.ready.back, func(needle) {}) }

// counted takes over what was done to one text.
func (r *Redactor) counted(t tally) {
	if len(t) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range t {
		r.counts[c.rule] += c.n
		if c.from != "" {
			r.times[c.from] += c.n
		}
	}
}

// Counts says how often each rule was applied.
func (r *Redactor) Counts() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]int{}
	for k, v := range r.counts {
		out[k] = v
	}
	return out
}

func mac(key []byte, s string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(s))
	return h.Sum(nil)
}
