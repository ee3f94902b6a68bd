package oracle

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestName = 4 // words that one person's name and address may take in a sentence
	valueWords  = 3 // words of a value in data that may be a name

	shortestAlias = 3 // letters of a part of an address: shorter ones are initials
)

// told is a text that a known login showed, in words, with their case.
type told struct {
	words []string
	key   string // in data: "user.name"
	value string // in data: what follows the key
}

// novel lists the blocks of a page that no known login ever showed: what a
// small gate would say. A block is familiar too if it is a known sentence with
// the person's name where the known member's stands, which the target file may
// not give ("Signed in as {person}" beside "Signed in as Alex Example"). Nothing
// but the name may differ: a sentence that lost a "not" is another sentence.
//
// Data is read more leniently, and only so far as a person would be: a flag or
// a number whose key is known is familiar (user.verified: false) if a page that
// people read shows the known member's own words and nothing new, and nobody
// who is out is shown the same flag.
func (m *Model) novel(v view, p *page, read bool) []string {
	return slices.DeleteFunc(v.unseen(m.known, p.known), func(b string) bool {
		return m.renamed(b) || v.json && (m.onlyName(b) || read && m.onlyFlag(b, p))
	})
}

// renamed says whether a known login showed the same sentence about himself.
func (m *Model) renamed(block string) bool {
	words := split(block)
	return slices.ContainsFunc(words, isPerson) &&
		slices.ContainsFunc(m.told, func(t told) bool { return sameBut(words, t.words, m.aliases) })
}

// sameBut compares two sentences word by word. Where a has the person, b has
// the known member: his folded name, a name that stands beside it, or an alias.
func sameBut(a, b []string, aliases set) bool {
	switch {
	case len(a) == 0:
		return len(b) == 0
	case !isPerson(a[0]):
		return len(b) > 0 && strings.EqualFold(a[0], b[0]) && sameBut(a[1:], b[1:], aliases)
	}
	for len(a) > 0 && isPerson(a[0]) {
		a = a[1:]
	}
	him := false
	for i, w := range b[:min(len(b), longestName)] {
		if !isPerson(w) && !nameLike(w) {
			return false
		}
		him = him || isPerson(w) || aliases[strings.ToLower(w)]
		if him && sameBut(a, b[i+1:], aliases) {
			return true
		}
	}
	return false
}

// onlyName says whether a line of data is the person's name, at a key where the
// known member has something that is no flag.
func (m *Model) onlyName(block string) bool {
	key, value, ok := strings.Cut(block, ": ")
	words := split(value)
	if !ok || len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return !isPerson(w) }) {
		return false
	}
	return slices.ContainsFunc(m.told, func(t told) bool { return t.key == key && t.key != "" && !scalar(t.value) })
}

// onlyFlag says whether a line of data is a flag or a number at a key where
// the known member has one too, and nobody who is out has the same.
func (m *Model) onlyFlag(block string, p *page) bool {
	key, value, ok := strings.Cut(block, ": ")
	if !ok || !scalar(value) || m.bad[blockKey(block)] || p.badKeys()[blockKey(block)] {
		return false
	}
	return slices.ContainsFunc(m.told, func(t told) bool { return t.key == key && scalar(t.value) })
}

func scalar(s string) bool {
	switch strings.ToLower(s) {
	case "true", "false", "null":
		return true
	}
	return s != "" && strings.Trim(s, "0123456789.-*") == ""
}

// listen gathers what the known logins showed, and the names that the known
// member goes by there.
func (m *Model) listen() {
	m.told, m.aliases = nil, set{}
	have := set{}
	for _, g := range m.goods {
		for _, v := range append(g.everything(), g.rest) {
			for _, b := range v.blocks {
				if have[b] {
					continue
				}
				have[b] = true
				t := told{words: split(b)}
				if v.json {
					t.key, t.value, _ = strings.Cut(b, ": ")
				}
				m.told = append(m.told, t)
			}
		}
	}
	m.aliasesInFile()
	for _, t := range m.told {
		if t.key == "" {
			m.aliasesBeside(t.words)
		} else if slices.ContainsFunc(strings.Fields(t.value), isPerson) {
			m.aliasesInRecord(t.key)
		}
	}
}

// aliasesInFile takes the parts of the known member's address and display name,
// which pages use alone ("Hi Alice", of alice.archer@acme.example): he may be
// known by nothing else. An alias counts only in a sentence that is otherwise the
// same, in a place where the newcomer's name stands.
func (m *Model) aliasesInFile() {
	for _, p := range m.record.People {
		if p.Ref != refKnown {
			continue
		}
		local, _, _ := strings.Cut(p.Email, "@")
		for _, part := range strings.FieldsFunc(local+" "+p.DisplayName, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(part) >= shortestAlias {
				m.aliases[strings.ToLower(part)] = true
			}
		}
	}
}

// aliasesBeside takes the words that stand beside the folded name and look like
// a part of it.
func (m *Model) aliasesBeside(words []string) {
	for i, w := range words {
		if !isPerson(w) {
			continue
		}
		for j := i - 1; j >= 0 && nameLike(words[j]); j-- {
			m.aliases[strings.ToLower(words[j])] = true
		}
		for j := i + 1; j < len(words) && nameLike(words[j]); j++ {
			m.aliases[strings.ToLower(words[j])] = true
		}
	}
}

// aliasesInRecord takes the short values that look like a name and stand in the
// same record as the known member's address.
func (m *Model) aliasesInRecord(key string) {
	parent := key[:strings.LastIndexByte(key, '.')+1]
	for _, t := range m.told {
		at := strings.LastIndexByte(t.key, '.') + 1
		words := split(t.value)
		if t.key == "" || t.key[:at] != parent || len(words) == 0 || len(words) > valueWords || scalar(t.value) {
			continue
		}
		if !slices.ContainsFunc(words, func(w string) bool { return !nameLike(w) }) {
			for _, w := range words {
				m.aliases[strings.ToLower(w)] = true
			}
		}
	}
}

func isPerson(w string) bool { return strings.Contains(w, foldedPerson) }

// nameLike says whether a word begins as names do: with a capital, or in a
// script that has none.
func nameLike(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r) && !unicode.IsLower(r)
}
