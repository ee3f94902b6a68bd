package oracle

import (
	"fmt"
	"strings"
)

// marks are what a login leaves behind besides pages: the way it took after
// the response was delivered, cookies, and places of tokens. They decide only
// where no page tells anything.
type marks struct {
	chain   string // "" when it does not discriminate
	cookies set
	tokens  set
}

func newMarks(goods, bads []*seen) marks {
	m := marks{cookies: set{}, tokens: set{}}
	if len(goods) == 0 || len(bads) == 0 {
		return m
	}
	m.chain = goods[0].chain
	m.cookies.add(goods[0].cookies)
	m.tokens.add(goods[0].tokens)
	for _, g := range goods {
		if g.chain != m.chain {
			m.chain = ""
		}
		m.cookies, m.tokens = m.cookies.and(g.cookies), m.tokens.and(g.tokens)
	}
	for _, b := range bads {
		if b.chain == m.chain {
			m.chain = ""
		}
		m.cookies, m.tokens = m.cookies.minus(b.cookies), m.tokens.minus(b.given)
	}
	return m
}

func (m marks) any() bool { return m.chain != "" || len(m.cookies) > 0 || len(m.tokens) > 0 }

// compare counts the marks that the step agrees with, and tells them in words.
func (m marks) compare(o *seen) (agree, of int, say []string) {
	note := func(ok bool, f, what string) {
		of++
		not := "not "
		if ok {
			agree++
			not = ""
		}
		say = append(say, fmt.Sprintf(f, not, what))
	}
	if m.chain != "" {
		note(o.chain == m.chain, "the way after the response is %[1]slike the known member's", "")
	}
	for _, c := range m.cookies.sorted() {
		note(o.cookies[c], "cookie %[2]s %[1]sset as for the known member", c)
	}
	for _, t := range m.tokens.sorted() {
		note(o.tokens[t], "a token %[1]sgiven at %[2]s as to the known member", t)
	}
	return agree, of, say
}

// missing lists cookies that every known login got, no bad side got, and this
// one lacks.
func (m marks) missing(o *seen) string {
	return strings.Join(m.cookies.minus(o.cookies).sorted(), ", ")
}
