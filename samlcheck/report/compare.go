package report

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// A Line is one line of a message beside its control.
type Line struct {
	Mark  string // "" in both, "+" only here, "-" only in the control
	Head  string // what both lines of a changed pair begin with
	Part  string // what differs; empty where the whole line does
	Tail  string // what both end with
	Close bool   // it is changed, or near a line that is
}

// near is how many lines around a change are shown with it.
const near = 1

// compared marks what a message has that its control has not, and the other way
// round. What differs between any two good logins - ids, times on the same
// distance from the login, digests, signatures - is no difference.
func compared(xml string, is volatile, control string, was volatile) []Line {
	mine, theirs := pretty(xml), pretty(control)
	if len(mine) > mostLines {
		mine = mine[:mostLines]
	}
	if len(theirs) > mostLines {
		theirs = theirs[:mostLines]
	}
	if control == "" {
		theirs = nil
	}
	a, b := make([]string, len(theirs)), make([]string, len(mine))
	for i, l := range theirs {
		a[i] = was.steady(l.full)
	}
	for i, l := range mine {
		b[i] = is.steady(l.full)
	}
	var out []Line
	i, j := 0, 0
	for _, m := range append(common(a, b), [2]int{len(a), len(b)}) {
		out = append(out, hunk(theirs[i:m[0]], mine[j:m[1]], control == "")...)
		if m[1] < len(mine) && m[0] < len(theirs) {
			out = append(out, Line{Head: mine[m[1]].shown})
		}
		i, j = m[0]+1, m[1]+1
	}
	for i, l := range out {
		if l.Mark == "" {
			continue
		}
		for k := max(0, i-near); k <= min(len(out)-1, i+near); k++ {
			out[k].Close = true
		}
	}
	return out
}

// hunk are lines that have no like on the other side. Where there are as many
// on both, each pair is compared within.
func hunk(gone, come []xmlLine, alone bool) (out []Line) {
	if alone {
		for _, l := range come {
			out = append(out, Line{Head: l.shown})
		}
		return out
	}
	if len(gone) == len(come) {
		for i := range gone {
			head, tail := shared(gone[i].shown, come[i].shown)
			part := func(mark, s string) Line {
				return Line{Mark: mark, Head: s[:head], Part: s[head : len(s)-tail], Tail: s[len(s)-tail:]}
			}
			out = append(out, part("-", gone[i].shown), part("+", come[i].shown))
		}
		return out
	}
	for _, l := range gone {
		out = append(out, Line{Mark: "-", Head: l.shown})
	}
	for _, l := range come {
		out = append(out, Line{Mark: "+", Head: l.shown})
	}
	return out
}

// shared measures how two lines begin and end alike, in whole runes.
func shared(a, b string) (head, tail int) {
	n := min(len(a), len(b))
	for head < n && a[head] == b[head] {
		head++
	}
	for head > 0 && head < n && a[head]&0xC0 == 0x80 {
		head--
	}
	for tail < n-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && a[len(a)-tail]&0xC0 == 0x80 {
		tail--
	}
	return head, tail
}

// common are the places of a longest common subsequence, in order.
func common(a, b []string) [][2]int {
	var out [][2]int
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		out = append(out, [2]int{from, from})
		from++
	}
	n, m := len(a)-from, len(b)-from
	table := make([][]int16, n+1)
	for i := range table {
		table[i] = make([]int16, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[from+i] == b[from+j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a[from+i] == b[from+j]:
			out = append(out, [2]int{from + i, from + j})
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// volatile is what differs between any two messages: their ids, and the moment
// from which their times are counted.
type volatile struct {
	ids  *strings.Replacer
	base time.Time
}

var (
	idAttribute  = regexp.MustCompile(`\sID="([^"]{8,})"`)
	instantText  = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`)
	issueInstant = regexp.MustCompile(`\sIssueInstant="([^"]+)"`)
	digestText   = regexp.MustCompile(`((?:DigestValue|SignatureValue|CipherValue)(?:\s[^>]*)?>)[^<]{8,}<`)
	sessionIndex = regexp.MustCompile(`(SessionIndex=")[^"]{12,}"`)
)

// patience is how long a step may take before its beginning says nothing about
// the times in its message: a person signs in by hand.
const patience = 30 * time.Second

// volatileOf reads a message's ids, and those of the request that it answers.
func volatileOf(xml, request string, began time.Time, took time.Duration) volatile {
	var pairs []string
	for i, m := range idAttribute.FindAllStringSubmatch(request, 1) {
		pairs = append(pairs, m[1], fmt.Sprintf("#request%d", i))
	}
	for i, m := range idAttribute.FindAllStringSubmatch(xml, -1) {
		pairs = append(pairs, m[1], fmt.Sprintf("#%d", i))
	}
	if m := issueInstant.FindStringSubmatch(xml); m != nil && took > patience {
		if at, err := time.Parse(time.RFC3339, m[1]); err == nil {
			began = at
		}
	}
	return volatile{strings.NewReplacer(pairs...), began}
}

// steady is a line without what differs anyway.
func (v volatile) steady(line string) string {
	line = v.ids.Replace(line)
	line = instantText.ReplaceAllStringFunc(line, func(s string) string {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return s
		}
		return "login" + at.Sub(v.base).Round(10*time.Second).String()
	})
	line = digestText.ReplaceAllString(line, "${1}*<")
	return sessionIndex.ReplaceAllString(line, `${1}*"`)
}
