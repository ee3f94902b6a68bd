package oracle

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// A page is what the known logins and the bad sides showed at one place that
// everyone visits.
type page struct {
	name   string
	hard   string // the same in all known logins
	status int
	place  string
	said   transcript.Shows // by a person, of the known logins
	stray  bool
	words  set    // in every good, in no bad
	soft   set    // in every good, in no bad
	known  set    // blocks that a known login showed here
	bads   []view // one of each bad side
	marks  []set  // words of bad sides that no known login shows anywhere
	tells  bool   // it discriminates
	why    string // why it does not

	refused bool // the proof page, which says yes to the wrong ones: no proof
}

// newPage learns one page. goods are the known logins' views, bads everybody
// else's; nothing can tell without a stranger among them. knownWords are the
// words that a known login showed on any page.
func newPage(name string, goods, bads []view, stranger bool, knownWords set) *page {
	p := &page{name: name, bads: bads, known: set{}}
	if len(goods) == 0 {
		p.why = "no known login"
		return p
	}
	p.hard, p.status, p.place = goods[0].hard, goods[0].status, goods[0].place
	p.said, p.stray = goods[0].said, goods[0].stray
	p.words, p.soft = set{}, set{}
	p.words.add(goods[0].words)
	p.soft.add(goods[0].soft)
	for _, g := range goods {
		switch {
		case g.unreadable:
			p.why = "a known login got no readable answer"
		case g.hard != p.hard:
			p.why = "the known logins differ"
		}
		p.words, p.soft = p.words.and(g.words), p.soft.and(g.soft)
		p.known.add(g.keys)
	}
	if !stranger && p.why == "" {
		p.why = "no stranger looked at it"
	}
	if p.why != "" {
		return p
	}
	apart := true
	for _, b := range bads {
		apart = apart && b.hard != p.hard
		p.words, p.soft = p.words.minus(b.words), p.soft.minus(b.soft)
	}
	p.marks = marksOf(bads, knownWords)
	p.tells = apart || len(p.words) > 0 || len(p.soft) > 0
	if !p.tells {
		p.why = "the same for everyone"
	}
	return p
}

// marksOf gathers the words that only bad sides are shown: of those that rest
// at one place, the words common to all, because the others are noise.
func marksOf(bads []view, knownWords set) []set {
	var out []set
	at := map[string]int{}
	for _, b := range bads {
		own := b.words.minus(knownWords)
		if i, ok := at[b.hard]; ok {
			out[i] = out[i].and(own)
			continue
		}
		at[b.hard] = len(out)
		out = append(out, own)
	}
	return out
}

type opinion int

const (
	other opinion = iota
	good
	bad
)

// judge compares one view with what the page taught. bads are the blocks that
// any bad side showed anywhere.
func (p *page) judge(v view, seenByBad set, r rules) opinion {
	words, soft := v.words.share(p.words), v.soft.share(p.soft)
	if p.shows(v, r) {
		return good
	}
	asBad := false
	for _, b := range p.bads {
		asBad = asBad || b.hard == v.hard
	}
	few := len(p.words) == 0 || words < r.badPageGood
	hardly := len(p.soft) == 0 || soft <= r.softHardly
	if v.hard != p.hard { // what the words share with another page says little
		few, hardly = true, true
	}
	if asBad && few && hardly && len(v.unseen(seenByBad, p.known)) == 0 {
		return bad
	}
	return other
}

// shows says that the view is like what the known member is shown here.
func (p *page) shows(v view, r rules) bool {
	return !p.denies(v) && v.hard == p.hard && v.words.share(p.words) >= r.goodWords &&
		(len(p.soft) == 0 || v.soft.share(p.soft) > r.soft) && p.fewBadWords(v, r)
}

func (p *page) fewBadWords(v view, r rules) bool {
	for _, m := range p.marks {
		if len(m) > 0 && v.words.share(m) >= r.badWords {
			return false
		}
	}
	return true
}

// sentence says what was seen of one page.
func (p *page) sentence(v view, o opinion) string {
	switch o {
	case good:
		s := fmt.Sprintf("%s: %s like the known member", p.name, v.hard)
		if n := len(p.words); n > 0 {
			s += fmt.Sprintf(", %d of its %d own words", len(v.words.and(p.words)), n)
		}
		return s
	case bad:
		return fmt.Sprintf("%s: %s like a stranger", p.name, v.hard)
	case other:
	}
	s := fmt.Sprintf("%s: %s like neither", p.name, v.hard)
	if p.denies(v) {
		s = fmt.Sprintf("%s: %s does not say yes (session.proof)", p.name, v.hard)
	}
	if n := len(p.words); n > 0 && v.hard == p.hard {
		s += fmt.Sprintf(", %d of the known member's %d own words", len(v.words.and(p.words)), n)
	}
	if !p.fewBadWords(v, house()) {
		s += ", with words that only strangers are shown"
	}
	if new := v.unseen(p.known, p.badKeys()); len(new) > 0 {
		s += ", new on it: " + quote(new)
	}
	return s
}

func (p *page) badKeys() set {
	out := set{}
	for _, b := range p.bads {
		out.add(b.keys)
	}
	return out
}

const quoted = 160 // bytes of page text that a sentence carries at most

// quote puts the first of some texts into a sentence.
func quote(texts []string) string {
	s := strings.Join(texts, " / ")
	if len(s) > quoted {
		s = strings.ToValidUTF8(s[:quoted], "") + "..."
	}
	return fmt.Sprintf("%q", s)
}
