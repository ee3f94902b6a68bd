package bundle

import (
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// names makes the pseudonyms of one run.
type names struct {
	key   []byte
	of    map[string]string // lower-case word to pseudonym
	taken map[string]bool   // real words and pseudonyms given
}

// phrase replaces every word of a phrase and keeps what stands between them.
func (n *names) phrase(s string) string {
	var b, word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			b.WriteString(n.word(word.String()))
			word.Reset()
		}
	}
	for _, r := range s {
		if separates(r) {
			flush()
			b.WriteRune(r)
			continue
		}
		word.WriteRune(r)
	}
	flush()
	return b.String()
}

// word is the pseudonym of one lower-case word: as many letters, digits for
// digits, a letter with an accent for a letter with an accent.
func (n *names) word(w string) string {
	if p, ok := n.of[w]; ok {
		return p
	}
	for try := 0; ; try++ {
		p := shaped(mac(n.key, w+"\x00"+strconv.Itoa(try)), w)
		if !n.taken[p] && !vocabulary(p) || try == 1000 {
			n.of[w], n.taken[p] = p, true
			return p
		}
	}
}

// domain is the pseudonym of a domain: its last label stays, since .com, .edu
// and .gov behave differently.
func (n *names) domain(d string) string {
	i := strings.LastIndexByte(d, '.')
	if i < 0 {
		return n.phrase(d)
	}
	return n.phrase(d[:i]) + d[i:]
}

func shaped(sum []byte, w string) string {
	consonants, vowels := []rune("bdfghjklmnprstvz"), []rune("aeiou")
	accented := []rune("áàâåçéèêëíîïñóòôúùû")
	var b strings.Builder
	i := 0
	for _, r := range w {
		x := int(sum[i%len(sum)]) + i/len(sum)
		switch {
		case unicode.IsDigit(r):
			b.WriteByte(byte('0' + x%10))
		case r > unicode.MaxASCII:
			b.WriteRune(accented[x%len(accented)])
		case i%2 == 0:
			b.WriteRune(consonants[x%len(consonants)])
		default:
			b.WriteRune(vowels[x%len(vowels)])
		}
		i++
	}
	return b.String()
}

// separates says whether a rune ends a word.
func separates(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// encodings are the ways in which pages and messages spell a text.
func encodings() []func(string) string {
	return []func(string) string{
		func(s string) string { return s },
		url.QueryEscape,
		url.PathEscape,
		html.EscapeString,
		func(s string) string {
			return numeric(s, func(r rune) string { return "&#" + strconv.Itoa(int(r)) + ";" })
		},
		func(s string) string {
			return numeric(s, func(r rune) string { return "&#x" + strconv.FormatInt(int64(r), 16) + ";" })
		},
		func(s string) string { // JSON, for what is not ASCII, and the @ of careful encoders
			return numeric(s, func(r rune) string {
				x := strconv.FormatInt(int64(r), 16)
				return `\u` + strings.Repeat("0", max(0, 4-len(x))) + x
			})
		},
	}
}

func numeric(s string, spell func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		if r > unicode.MaxASCII || r == '@' || r == '\'' {
			b.WriteString(spell(r))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func keeps(keep []string, domain string) bool {
	for _, k := range keep {
		k, domain := strings.ToLower(k), strings.ToLower(domain)
		if h, _, ok := strings.Cut(k, ":"); ok {
			k = h
		}
		if k != "" && (k == domain || strings.HasSuffix(domain, "."+k)) {
			return true
		}
	}
	return false
}

// vocabulary says whether a lone word belongs to the protocols or to this tool.
// Such a word (the "test" of test@acme.example) identifies nobody, and replacing
// it would break element names and URLs.
func vocabulary(w string) bool {
	const words = ` a an and the of to in on at for from is no not or as by me my you we it be
 saml samlp saml2 saml2p md ds xs xsi xml xmlns urn oasis names tc http https www w3 org com net edu gov io dev app example local localhost
 assertion response request status statuscode success subject nameid name id issuer audience conditions attribute attributes value format
 version signature digest method transform transforms reference key data certificate c14n sha1 sha256 rsa enc exc protocol metadata bindings post redirect
 entity entityid descriptor sso slo acs idp sp service provider consumer url uri location index destination recipient
 user users username login logout sign signin signup signout admin administrator root test tester testing demo member members guest account accounts
 mail email info support help home page pages password form given surname display first last title groups group roles role staff
 samlcheck known fresh stranger spoilt denied okta entra azure microsoft samepage plain rich run trial step check pass fail warn report
 html head body div span input type text hidden submit get set cookie session sid token json true false null utf 8 html5 error errors
 web api dashboard welcome hello security settings profile new old one two `
	return strings.Contains(words, " "+w+" ") || strings.Contains(words, "\n "+w+" ") || strings.Contains(words, " "+w+"\n")
}

// common says whether a lone word identifies nobody: too short, a year, or a
// word of the trade.
func common(w string) bool {
	digits := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
	return len(w) < 3 || digits && len(w) < 6 || vocabulary(w)
}
