package oracle

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

var (
	statement     = regexp.MustCompile(`(?s)<(?:[\w.-]+:)?AttributeStatement\b.*</(?:[\w.-]+:)?AttributeStatement>`)
	attributeName = regexp.MustCompile(`\b(?:Name|FriendlyName)=(?:"([^"]*)"|'([^']*)')`)
	tag           = regexp.MustCompile(`<[^>]*>`)
)

// longestWord is where a page may have cut a word off.
const longestWord = 20

// Echoes says whether a text consists of nothing but words that the login itself
// brought: names and values of its attributes, and people's names. Some pages
// list what they were sent, so such a text is no news: it tells neither a gate
// nor a privilege from a mirror.
func (m *Model) Echoes(s transcript.Step, text string) bool {
	return echoes(text, m.brought(s))
}

func echoes(text string, brought set) bool {
	words := split(strings.ToLower(text))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !strings.ContainsAny(w, "{*") && !brought[w] && (len(w) < longestWord || !brought.begun(w))
	})
}

// begun says whether some member of the set begins so.
func (s set) begun(prefix string) bool {
	for k := range s {
		if strings.HasPrefix(k, prefix) {
			return true
		}
	}
	return false
}

// brought are the words of the attributes that a login sent.
func (m *Model) brought(s transcript.Step) set {
	out := set{}
	if s.Sent == nil {
		return out
	}
	f := m.folders[s.Person]
	if f == nil {
		f = m.all
	}
	add := func(text string) {
		for _, w := range split(strings.ToLower(f.fold(html.UnescapeString(text)))) {
			out[w] = true
		}
	}
	for _, a := range s.Sent.Attributes {
		add(a)
	}
	xml := statement.FindString(s.Sent.XML)
	for _, n := range attributeName.FindAllStringSubmatch(xml, -1) {
		add(n[1] + n[2])
	}
	for _, value := range strings.Split(tag.ReplaceAllString(xml, "\n"), "\n") {
		if value = strings.TrimSpace(value); value != "" {
			add(value)
		}
	}
	return out
}
