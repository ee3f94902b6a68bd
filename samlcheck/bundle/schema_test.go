package bundle

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

var update = flag.Bool("update", false, "write docs/schema anew from the Go types")

// The published schemas are made from the types that write the files. A field
// that was added needs `go test ./samlcheck/bundle -run TestSchemas -update`; one
// that was removed or renamed needs a new version.
func TestSchemasAreWhatIsWritten(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]map[string]any{
		"report":    document("samlcheck.report/v1: report.json", reflect.TypeFor[report.Report](), report.Schema),
		"manifest":  document("samlcheck.bundle/v1: manifest.json", reflect.TypeFor[Manifest](), Schema),
		"findings":  document("samlcheck.findings/v1: findings.json", reflect.TypeFor[Findings](), FindingsSchema),
		"redaction": document("samlcheck.bundle/v1: redaction.json", reflect.TypeFor[redaction](), Schema),
		"accounts":  document("samlcheck.bundle/v1: accounts.json", reflect.TypeFor[[]Account](), ""),
		"plan":      document("samlcheck.bundle/v1: plan.json, by face", reflect.TypeFor[map[string]Plan](), ""),
		"merged":    document("samlcheck.merged/v1: manifest.json of a merged bundle", reflect.TypeFor[Merged](), MergedSchema),
		"index":     document("samlcheck.index/v1: index.json", reflect.TypeFor[report.Index](), report.IndexSchema),
		"transcript-line": {
			"title": "samlcheck.transcript/v1: one line of transcript.jsonl: a face begins, a face was cut short, or a run",
			"oneOf": []any{document("", reflect.TypeFor[header](), transcript.Schema), document("", reflect.TypeFor[cutLine](), ""), document("", reflect.TypeFor[transcript.Run](), "")},
		},
	} {
		s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
		s["$id"] = "https://example.com/samepage/samlcheck/schema/v1/" + name + ".schema.json"
		want, err := json.MarshalIndent(s, "", "  ")
		require.NoError(t, err)
		path := filepath.Join("../../docs/schema", name+".schema.json")
		if *update {
			require.NoError(t, os.WriteFile(path, append(want, '\n'), 0o644))
		}
		have, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want)+"\n", string(have), "go test ./samlcheck/bundle -run TestSchemas -update")
	}
}

func document(title string, t reflect.Type, version string) map[string]any {
	s := schemaOf(t)
	if title != "" {
		s["title"] = title
	}
	if version != "" {
		s["properties"].(map[string]any)["schema"] = map[string]any{"const": version}
	}
	return s
}

// schemaOf is the schema of what encoding/json makes of a type. What a reader
// does not know he ignores: objects may have more properties.
func schemaOf(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case reflect.TypeFor[samlcheck.Outcome]():
		return map[string]any{"enum": []any{"pass", "fail", "warn", "info", "inconclusive", "skipped"}}
	case reflect.TypeFor[transcript.Shows]():
		return map[string]any{"enum": []any{"signed-in", "no-access", "error", "form", "login", "other"}}
	}
	switch t.Kind() { //nolint:exhaustive // the other kinds stand in no file
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": []any{"array", "null"}, "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": []any{"object", "null"}, "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		return object(t)
	}
	panic("no schema for " + t.String())
}

func object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []any{}
	for i := range t.NumField() {
		name, rest, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" {
			panic(t.String() + "." + t.Field(i).Name + " has no name in JSON")
		}
		properties[name] = schemaOf(t.Field(i).Type)
		if !strings.Contains(rest, "omitempty") {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

func TestVerifyHoldsFilesAgainstTheirSchemas(t *testing.T) {
	t.Parallel()
	path := written(t)
	v, err := Check(t.Context(), path, nil)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, v.Schemas, 6)
	for file, spoilt := range map[string]string{
		"report.json": `{"schema": "samlcheck.report/v1"}`, "findings.json": `{"schema": "x", "tool": {}, "faces": []}`,
		"accounts.json": `[{"email": 1}]`, "transcript.jsonl": `{"id": 7}`, "redaction.json": `[]`,
	} {
		s, err := compiled(described()[file])
		require.NoError(t, err)
		assert.Error(t, valid(s, []byte(spoilt)), file)
	}
}
