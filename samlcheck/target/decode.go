package target

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// decoder fills the structs from the syntax tree. It is our own because every
// complaint must name a line, suggest the near key, and come with all others.
type decoder struct {
	file  string
	env   func(string) (string, bool)
	lines map[string]int
	errs  []error
}

func (d *decoder) bad(line int, format string, a ...any) {
	d.errs = append(d.errs, &Error{File: d.file, Line: line, Msg: fmt.Sprintf(format, a...)})
}

func lineOf(n ast.Node) int {
	if m, ok := n.(*ast.MappingValueNode); ok {
		return m.Key.GetToken().Position.Line
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// decode puts a node into a value. key is the dotted path, opt the field's tags.
func (d *decoder) decode(n ast.Node, v reflect.Value, key string, opt reflect.StructTag) {
	if _, null := n.(*ast.NullNode); null || n == nil {
		return // "key:" with nothing behind it is the same as no key
	}
	if d.special(n, v, key) {
		return
	}
	switch v.Kind() { //nolint:exhaustive // the kinds that the structs use; anything else is our own mistake
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem(), key, opt)
	case reflect.Struct:
		d.object(n, v, key)
	case reflect.Map:
		d.table(n, v, key)
	case reflect.Slice:
		d.list(n, v, key, opt)
	case reflect.String:
		v.SetString(d.text(n, key))
		d.oneOf(n, v.String(), key, opt)
	case reflect.Int:
		d.number(n, v, key)
	case reflect.Bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			d.bad(lineOf(n), "%s: %s where true or false is wanted", key, kind(n))
			return
		}
		v.SetBool(b.Value)
	default:
		d.bad(lineOf(n), "%s: no way to read this kind of value", key)
	}
}

// special reads the types that have a form of their own; false for any other.
func (d *decoder) special(n ast.Node, v reflect.Value, key string) bool {
	switch p := v.Addr().Interface().(type) {
	case *Attributes:
		d.attributes(n, p, key)
	case *Expected:
		d.expected(n, p, key)
	case **Start:
		s, ok := n.(ast.ScalarNode)
		if ok {
			*p = &Start{URL: d.text(s, key)}
		}
		return ok
	case *any:
		*p = d.free(n, key)
	default:
		return false
	}
	return true
}

func (d *decoder) object(n ast.Node, v reflect.Value, key string) {
	fields := map[string]int{}
	var names []string
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "" {
			fields[name] = i
			names = append(names, name)
		}
	}
	for _, e := range d.entries(n, key) {
		i, ok := fields[e.key]
		if !ok {
			d.bad(e.line, "unknown key %q%s%s", e.key, within(key), suggest(e.key, names))
			continue
		}
		at := joined(key, e.key)
		d.lines[at] = e.line
		d.decode(e.value, v.Field(i), at, v.Type().Field(i).Tag)
	}
}

func (d *decoder) table(n ast.Node, v reflect.Value, key string) {
	v.Set(reflect.MakeMap(v.Type()))
	for _, e := range d.entries(n, key) {
		at := joined(key, e.key)
		d.lines[at] = e.line
		item := reflect.New(v.Type().Elem()).Elem()
		d.decode(e.value, item, at, `one:"true"`)
		v.SetMapIndex(reflect.ValueOf(e.key), item)
	}
}

func (d *decoder) list(n ast.Node, v reflect.Value, key string, opt reflect.StructTag) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		if _, scalar := n.(ast.ScalarNode); scalar && opt.Get("one") != "" {
			v.Set(reflect.ValueOf([]string{d.text(n, key)}))
			return
		}
		d.bad(lineOf(n), "%s: %s where a list is wanted: [a, b]", key, kind(n))
		return
	}
	if v.Type().Elem().Kind() == reflect.Struct {
		out := reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values))
		for i, item := range seq.Values {
			d.decode(item, out.Index(i), fmt.Sprintf("%s[%d]", key, i), "")
		}
		v.Set(out)
		return
	}
	out := []string{}
	for i, item := range seq.Values {
		s := d.text(item, fmt.Sprintf("%s[%d]", key, i))
		d.oneOf(item, s, key, opt)
		out = append(out, s)
	}
	v.Set(reflect.ValueOf(out))
}

func (d *decoder) oneOf(n ast.Node, s, key string, opt reflect.StructTag) {
	known := opt.Get("enum")
	if known == "" || s == "" {
		return
	}
	names := strings.Split(known, ",")
	for _, k := range names {
		if k == s {
			return
		}
	}
	d.bad(lineOf(n), "%s: %q is none of %s%s", key, s, strings.Join(names, ", "), suggest(s, names))
}

func (d *decoder) number(n ast.Node, v reflect.Value, key string) {
	i, ok := n.(*ast.IntegerNode)
	if !ok {
		d.bad(lineOf(n), "%s: %s where a number is wanted", key, kind(n))
		return
	}
	x, err := strconv.Atoi(i.Token.Value)
	if err != nil {
		d.bad(lineOf(n), "%s: %s is not a plain number", key, i.Token.Value)
		return
	}
	v.SetInt(int64(x))
}

func (d *decoder) attributes(n ast.Node, a *Attributes, key string) {
	if s, ok := n.(ast.ScalarNode); ok {
		word := d.text(s, key)
		d.oneOf(n, word, key, `enum:"plain,rich"`)
		a.Plain = word == "plain"
		return
	}
	d.decode(n, reflect.ValueOf(&a.Map).Elem(), key, "")
}

var variable = regexp.MustCompile(`\$?\$\{([^}]*)\}`)

// text reads a string and fills in ${ENV}; $${X} stands for ${X} itself.
func (d *decoder) text(n ast.Node, key string) string {
	var raw string
	switch s := n.(type) {
	case *ast.StringNode:
		raw = s.Value
	case *ast.LiteralNode:
		raw = s.Value.Value
	default:
		d.bad(lineOf(n), "%s: %s where text is wanted (put it in quotes if it is text)", key, kind(n))
		return ""
	}
	return variable.ReplaceAllStringFunc(raw, func(m string) string {
		if strings.HasPrefix(m, "$$") {
			return m[1:]
		}
		name := m[2 : len(m)-1]
		value, ok := d.env(name)
		if !ok {
			d.bad(lineOf(n), "%s: the environment has no variable %q", key, name)
		}
		return value
	})
}

// free reads any value, for a JSON body.
func (d *decoder) free(n ast.Node, key string) any {
	switch x := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		out := map[string]any{}
		for _, e := range d.entries(n, key) {
			out[e.key] = d.free(e.value, joined(key, e.key))
		}
		return out
	case *ast.SequenceNode:
		out := []any{}
		for i, item := range x.Values {
			out = append(out, d.free(item, fmt.Sprintf("%s[%d]", key, i)))
		}
		return out
	case *ast.StringNode, *ast.LiteralNode:
		return d.text(n, key)
	case ast.ScalarNode:
		return x.GetValue()
	}
	d.bad(lineOf(n), "%s: no way to read %s", key, kind(n))
	return nil
}
