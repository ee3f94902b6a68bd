package target

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Schema is the JSON Schema (2020-12) of a target file, for editors. It is made
// from the structs that Load fills, so the two cannot disagree.
func Schema() []byte {
	s := schemaOf(reflect.TypeFor[Target](), "")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "samlcheck target file"
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil // made of maps and strings: cannot happen
	}
	return append(b, '\n')
}

type schema = map[string]any

func schemaOf(t reflect.Type, tag reflect.StructTag) schema {
	switch t {
	case reflect.TypeFor[Attributes]():
		return schema{"oneOf": []any{
			schema{"enum": []string{"plain", "rich"}},
			schema{"type": "object", "additionalProperties": schema{"type": "string"}},
		}}
	case reflect.TypeFor[Expected]():
		return schema{"oneOf": []any{
			schema{"type": "string"}, schema{"type": "array", "items": schema{"type": "string"}}, schemaOf(reflect.TypeFor[longExpected](), ""),
		}}
	case reflect.TypeFor[*Start]():
		return schema{"oneOf": []any{schema{"type": "string"}, schemaOf(t.Elem(), "")}}
	}
	switch t.Kind() { //nolint:exhaustive // the kinds that the structs use
	case reflect.Pointer:
		return schemaOf(t.Elem(), tag)
	case reflect.Struct:
		return objectOf(t)
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": schemaOf(t.Elem(), `one:"true"`)}
	case reflect.Slice:
		list := schema{"type": "array", "items": schemaOf(t.Elem(), reflect.StructTag(`enum:"`+tag.Get("enum")+`"`))}
		if tag.Get("one") != "" {
			return schema{"oneOf": []any{schema{"type": "string"}, list}}
		}
		return list
	case reflect.String:
		s := schema{"type": "string"}
		if e := tag.Get("enum"); e != "" {
			s["enum"] = strings.Split(e, ",")
		}
		return s
	case reflect.Int:
		return schema{"type": "integer"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	}
	return schema{} // anything
}

func objectOf(t reflect.Type) schema {
	props := schema{}
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("yaml")
		if name == "" {
			continue
		}
		p := schemaOf(f.Type, f.Tag)
		p["description"] = f.Tag.Get("doc")
		props[name] = p
	}
	return schema{"type": "object", "properties": props, "additionalProperties": false}
}
