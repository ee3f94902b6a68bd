package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNovel(t *testing.T) {
	t.Parallel()
	known := set{}
	for _, b := range []string{
		"Signed in as {person} ({person} Example)", "You are not the only member of this workspace", "user.verified: true", "user.plan: pro",
	} {
		known[blockKey(b)] = true
	}
	m := &Model{known: known}
	for block, novel := range map[string]bool{
		"Signed in as {person} ({person})":     false, // a name less
		"You are not a member":                 true,  // other words
		"member of workspace":                  true,  // too few of a long sentence
		"user.verified: false":                 false, // in data: the key is known
		"user.blocked: false":                  true,  // the key is not
		"user.plan: awaiting approval":         true,  // not a flag
		"Your access is awaiting confirmation": true,
	} {
		v := view{blocks: []string{block}, json: true}
		assert.Equal(t, novel, len(m.novel(v, &page{known: set{}})) == 1, block)
	}
	page := &page{known: set{}}
	assert.Len(t, m.novel(view{blocks: []string{"user.verified: false"}}, page), 1, "a page that people read has no flags")
}
