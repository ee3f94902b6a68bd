// Package schematest makes the JSON Schema of what encoding/json writes for a
// type, for the tests that hold docs/schema to what is written.
package schematest

import (
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Enums are the types of strings that have only certain values.
type Enums map[reflect.Type][]any

// Of is the schema of a type. What a reader does not know he ignores: objects
// may have more properties. A type that stands in no file fails the test.
func Of(t testing.TB, of reflect.Type, enums Enums) map[string]any {
	t.Helper()
	if values, ok := enums[of]; ok {
		return map[string]any{"enum": values}
	}
	if of == reflect.TypeFor[time.Time]() {
		// Many validators read "format" as a remark only, ours among them.
		return map[string]any{"type": "string", "format": "date-time", "pattern": `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`}
	}
	switch of.Kind() { //nolint:exhaustive // the other kinds stand in no file
	case reflect.Pointer:
		return Of(t, of.Elem(), enums)
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": []any{"array", "null"}, "items": Of(t, of.Elem(), enums)}
	case reflect.Map:
		return map[string]any{"type": []any{"object", "null"}, "additionalProperties": Of(t, of.Elem(), enums)}
	case reflect.Struct:
		properties, required := object(t, of, enums)
		return map[string]any{"type": "object", "properties": properties, "required": required}
	}
	t.Fatalf("schematest: no schema for %s", of)
	return nil
}

func object(t testing.TB, of reflect.Type, enums Enums) (properties map[string]any, required []any) {
	t.Helper()
	properties, required = map[string]any{}, []any{}
	for f := range of.Fields() {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			more, needed := object(t, f.Type, enums)
			maps.Copy(properties, more)
			required = append(required, needed...)
			continue
		case name == "" || name == "-":
			t.Fatalf("schematest: %s.%s has no name in JSON", of, f.Name)
		}
		properties[name] = Of(t, f.Type, enums)
		if !strings.Contains(rest, "omitempty") {
			required = append(required, name)
		}
	}
	return properties, required
}
