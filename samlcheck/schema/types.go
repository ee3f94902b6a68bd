package schema

import "strings"

// elementType is one line of the tables.
type elementType struct {
	namespace    string
	model        *model
	value        string // a simple type; then there are no children
	mixed        bool
	opaque       bool // anything may stand in it
	attributes   map[string]attribute
	required     []string
	anyAttribute bool
}

type attribute struct{ kind string }

// A line is one element of a table: its name, its attributes ("Name:type", with
// "!" where it is required; "..." allows those of other namespaces), its content.
//
// Content is a model, or "=type" for text, "~model" for elements among text, and
// "any" for whatever.
type line struct{ name, attributes, content string }

// types reads all tables.
func types() map[string]*elementType {
	out := map[string]*elementType{}
	for prefix, table := range map[string][]line{
		"md": metadataTable(), "p": protocolTable(), "a": assertionTable(), "ds": signatureTable(), "xenc": encryptionTable(),
	} {
		for _, l := range table {
			out[namespaces(prefix)+" "+l.name] = read(namespaces(prefix), l)
		}
	}
	return out
}

func read(ns string, l line) *elementType {
	t := &elementType{namespace: ns, attributes: map[string]attribute{}}
	for a := range strings.FieldsSeq(l.attributes) {
		if a == "..." {
			t.anyAttribute = true
			continue
		}
		i := strings.LastIndexByte(a, ':')
		name, kind := a[:i], a[i+1:]
		if strings.HasSuffix(name, "!") {
			name = name[:len(name)-1]
			t.required = append(t.required, name)
		}
		t.attributes[name] = attribute{kind}
	}
	switch {
	case l.content == "any":
		t.opaque = true
	case strings.HasPrefix(l.content, "="):
		t.value = l.content[1:]
	case strings.HasPrefix(l.content, "~"):
		t.mixed, t.model = true, parseModel(ns, l.content[1:])
	default:
		t.model = parseModel(ns, l.content)
	}
	return t
}
