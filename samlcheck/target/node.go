package target

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// An Error is one complaint about a target file.
type Error struct {
	File string
	Line int    // 0 when no line is to blame
	Msg  string // what is wrong
	Hint string // what to do about it; may be empty
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Msg)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

type entry struct {
	key   string
	line  int
	value ast.Node
}

// entries are the pairs of a mapping; anything else is complained about.
func (d *decoder) entries(n ast.Node, key string) []entry {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		if key == "" {
			d.bad(lineOf(n), "%s where keys are wanted: name, sp, people, ...", kind(n))
		} else {
			d.bad(lineOf(n), "%s: %s where keys are wanted", key, kind(n))
		}
		return nil
	}
	out := make([]entry, 0, len(pairs))
	for _, p := range pairs {
		name := p.Key.GetToken().Value
		out = append(out, entry{name, lineOf(p), p.Value})
	}
	return out
}

// kind names a node in the words of somebody who writes YAML by hand.
func kind(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a map"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode, *ast.FloatNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		return "an anchor or alias (not used here: write it out)"
	}
	return "something else"
}

func within(key string) string {
	if key == "" {
		return ""
	}
	return " in " + key
}

func joined(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}

// suggest names the nearest of the known words, if one is near.
func suggest(word string, known []string) string {
	best, at := "", len(word)/2+1
	for _, k := range known {
		if n := distance(strings.ToLower(word), k); n < at {
			best, at = k, n
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}

// distance counts the letters to add, drop or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
