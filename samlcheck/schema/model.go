package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// A model is the content of an element: a regular expression over the names of
// its children, as a machine with numbered states.
//
//	ds:Signature? (md:SPSSODescriptor|md:IDPSSODescriptor)+ md:Organization?
//
// "?" is at most one, "+" one and more, "#" any number; "*" stands for any
// element, "other" for one of another namespace than the schema's own.
type model struct {
	own   string   // the schema's own namespace, for "other"
	steps [][]edge // by state
	end   int
}

type edge struct {
	name string // "md:Organization", "other", "*"; "" goes on without an element
	to   int
}

var spaced = strings.NewReplacer("(", " ( ", ")", " ) ", "|", " | ", "?", " ? ", "+", " + ", "#", " # ")

// parseModel reads an expression. The tables are constants of this package: one
// that cannot be read is a slip of its author's, and every test meets it.
func parseModel(own, text string) *model {
	m := &model{own: own}
	p := &parser{m: m, rest: strings.Fields(spaced.Replace(text))}
	begin := m.state()
	m.end = p.choice(begin)
	if len(p.rest) > 0 {
		panic("schema: left over in " + text)
	}
	return m
}

func (m *model) state() int {
	m.steps = append(m.steps, nil)
	return len(m.steps) - 1
}

func (m *model) edge(from int, name string, to int) {
	m.steps[from] = append(m.steps[from], edge{name, to})
}

type parser struct {
	m    *model
	rest []string
}

func (p *parser) next() string {
	if len(p.rest) == 0 {
		return ""
	}
	return p.rest[0]
}

func (p *parser) take() string {
	s := p.next()
	p.rest = p.rest[1:]
	return s
}

// choice reads alternatives and returns the state in which all of them end.
func (p *parser) choice(from int) int {
	end := p.m.state()
	for {
		p.m.edge(p.sequence(from), "", end)
		if p.next() != "|" {
			return end
		}
		p.take()
	}
}

func (p *parser) sequence(from int) int {
	for p.next() != "" && p.next() != "|" && p.next() != ")" {
		from = p.part(from)
	}
	return from
}

// part reads one name or group with its ?, + or #.
func (p *parser) part(from int) int {
	begin := p.m.state()
	p.m.edge(from, "", begin)
	var end int
	if p.next() == "(" {
		p.take()
		end = p.choice(begin)
		p.take() // ")"
	} else {
		end = p.m.state()
		p.m.edge(begin, p.take(), end)
	}
	out := p.m.state()
	p.m.edge(end, "", out)
	switch p.next() {
	case "?":
		p.m.edge(begin, "", out)
	case "+":
		p.m.edge(end, "", begin)
	case "#":
		p.m.edge(begin, "", out)
		p.m.edge(end, "", begin)
	default:
		return out
	}
	p.take()
	return out
}

// A place is where a machine stands: all states that it may be in.
type place struct {
	m  *model
	at []int
}

func (m *model) start() place { return place{m, m.closure([]int{0})} }

// closure adds what is reached without an element.
func (m *model) closure(at []int) []int {
	for i := 0; i < len(at); i++ {
		for _, e := range m.steps[at[i]] {
			if e.name == "" && !slices.Contains(at, e.to) {
				at = append(at, e.to)
			}
		}
	}
	return at
}

func (p place) step(c *etree.Element) place {
	var to []int
	for _, s := range p.at {
		for _, e := range p.m.steps[s] {
			if e.name != "" && p.m.takes(e.name, c) && !slices.Contains(to, e.to) {
				to = append(to, e.to)
			}
		}
	}
	return place{p.m, p.m.closure(to)}
}

func (m *model) takes(name string, c *etree.Element) bool {
	ns := c.NamespaceURI()
	switch name {
	case "*":
		return true
	case "other":
		return ns != m.own && ns != ""
	}
	prefix, local, _ := strings.Cut(name, ":")
	if prefix == "other" {
		return ns != namespaces(local) && ns != ""
	}
	return c.Tag == local && ns == namespaces(prefix)
}

func (p place) dead() bool    { return len(p.at) == 0 }
func (p place) accepts() bool { return slices.Contains(p.at, p.m.end) }

// wanted says what could come next.
func (p place) wanted() string {
	var names []string
	for _, s := range p.at {
		for _, e := range p.m.steps[s] {
			prefix, name, _ := strings.Cut(e.name, ":")
			switch prefix {
			case "":
				continue
			case "other":
				name = "an extension"
			case "*":
				name = "anything"
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	const few = 4
	switch {
	case len(names) == 0:
		return "nothing more is allowed"
	case len(names) > few:
		return fmt.Sprintf("%s or another of %d is allowed", strings.Join(names[:few], ", "), len(names)-few)
	}
	return strings.Join(names, " or ") + " is allowed"
}
