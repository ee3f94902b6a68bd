package oracle

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/samepage/samlcheck/transcript"
)

const (
	foldedPerson = "{person}"
	foldedOther  = "{other}"
	shortestName = 2 // shorter names would fold half of every word list away
)

var (
	uuidShape = regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)
	longRun   = regexp.MustCompile(`[A-Za-z0-9_-]{20,}`)
	hexRun    = regexp.MustCompile(`\b[0-9a-fA-F]{8,}\b`)
	digits    = regexp.MustCompile(`[0-9]+`)
)

// A folder takes out of a text what belongs to one person or one moment, so
// that two people's pages can be compared.
type folder struct {
	names *regexp.Regexp // nil when nobody has a name
	as    map[string]string
}

// newFolder folds the names of the person with the ref to {person} and those
// of everybody else to {other}. An empty ref is a stranger: all are others.
func newFolder(people []transcript.Person, ref string) *folder {
	f := &folder{as: map[string]string{}}
	for _, p := range people {
		token := foldedOther
		if samePerson(p.Ref, ref) {
			token = foldedPerson
		}
		for _, n := range namesOf(p) {
			k := strings.ToLower(n)
			if f.as[k] != foldedPerson {
				f.as[k] = token
			}
		}
	}
	f.compile()
	return f
}

// neutral folds everybody to {person}: for addresses of pages, which must be
// equal for whoever looks.
func neutral(people []transcript.Person) *folder {
	f := newFolder(people, "")
	for k := range f.as {
		f.as[k] = foldedPerson
	}
	return f
}

func (f *folder) compile() {
	if len(f.as) == 0 {
		return
	}
	names := make([]string, 0, len(f.as))
	for n := range f.as {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { // the longest first: a display name before a given name
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for i, n := range names {
		names[i] = regexp.QuoteMeta(n)
	}
	f.names = regexp.MustCompile(`(?i)(?:` + strings.Join(names, "|") + `)`)
}

// namesOf lists every spelling under which a page may show the person.
func namesOf(p transcript.Person) []string {
	var out []string
	add := func(n string) {
		n = strings.TrimSpace(n)
		if utf8.RuneCountInString(n) >= shortestName {
			out = append(out, n)
			if e := url.QueryEscape(n); e != n {
				out = append(out, e, url.PathEscape(n))
			}
		}
	}
	for _, n := range []string{p.NameID, p.Email, p.Username, p.DisplayName, p.GivenName, p.Surname} {
		add(n)
	}
	if local, _, ok := strings.Cut(p.Email, "@"); ok {
		add(local)
	}
	return out
}

func (f *folder) fold(s string) string {
	s = f.person(s)
	s = uuidShape.ReplaceAllString(s, "*")
	s = longRun.ReplaceAllStringFunc(s, func(r string) string {
		if looksRandom(r) {
			return "*"
		}
		return r
	})
	s = hexRun.ReplaceAllStringFunc(s, func(r string) string {
		if strings.ContainsAny(r, "0123456789") {
			return "*"
		}
		return r // a word of the letters a to f
	})
	return digits.ReplaceAllString(s, "0")
}

// person replaces names where they stand as whole words.
func (f *folder) person(s string) string {
	if f.names == nil || s == "" {
		return s
	}
	var b strings.Builder
	done := 0
	for _, at := range f.names.FindAllStringIndex(s, -1) {
		if !bounded(s, at[0], at[1]) {
			continue
		}
		b.WriteString(s[done:at[0]])
		b.WriteString(f.as[strings.ToLower(s[at[0]:at[1]])])
		done = at[1]
	}
	b.WriteString(s[done:])
	return b.String()
}

// bounded says whether s[from:to] is not a part of a longer word.
func bounded(s string, from, to int) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return (from == 0 || !inWord(before)) && (to == len(s) || !inWord(after))
}

// looksRandom tells an identifier from a long word, a camel-case name or a
// slug: one of its parts mixes letters with digits, or changes case all the time.
func looksRandom(s string) bool {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' }) {
		hasDigit := strings.ContainsAny(part, "0123456789")
		hasLetter := strings.IndexFunc(part, unicode.IsLetter) >= 0
		if hasDigit && hasLetter && len(part) >= 4 {
			return true
		}
		changes := 0
		for i := 1; i < len(part); i++ {
			if unicode.IsUpper(rune(part[i])) != unicode.IsUpper(rune(part[i-1])) {
				changes++
			}
		}
		if len(part) >= 8 && float64(changes) > 0.35*float64(len(part)-1) {
			return true
		}
	}
	return false
}
