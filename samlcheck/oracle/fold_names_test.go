package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamesAreFoundInAnyLetterCaseAndAsWholeWordsOnly(t *testing.T) {
	t.Parallel()
	n := namesIn(map[string]string{
		"alice": foldedPerson, "alice kestrel": foldedPerson, "bob": foldedOther, "müller": foldedOther, "ann": foldedOther,
	})
	for in, want := range map[string]string{
		"":                           "",
		"nobody is here":             "nobody is here",
		"Welcome, ALICE!":            "Welcome, {person}!",
		"alice kestrel, not alice":   "{person}, not {person}",
		"malice, bobs and joann":     "malice, bobs and joann",
		"Alice KE\u017fTREL":         "{person}", // ſ is an s
		"Alice \u212Aestrel and Bob": "{person} and {other}",
		"MÜLLER/bob":                 "{other}/{other}",
		"Bobann ann":                 "Bobann {other}",
		"bob":                        "{other}",
		"\xff alice":                 "\xff {person}",
	} {
		assert.Equal(t, want, n.replace(in), in)
	}
}
