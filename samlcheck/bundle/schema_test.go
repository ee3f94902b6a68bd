package bundle

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/internal/schematest"
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
		"report":    document(t, "samlcheck.report/v1: report.json", reflect.TypeFor[report.Report](), report.Schema),
		"manifest":  document(t, "samlcheck.bundle/v1: manifest.json", reflect.TypeFor[Manifest](), Schema),
		"findings":  document(t, "samlcheck.findings/v1: findings.json", reflect.TypeFor[Findings](), FindingsSchema),
		"redaction": document(t, "samlcheck.bundle/v1: redaction.json", reflect.TypeFor[redaction](), Schema),
		"accounts":  document(t, "samlcheck.bundle/v1: accounts.json", reflect.TypeFor[[]Account](), ""),
		"plan":      document(t, "samlcheck.bundle/v1: plan.json, by face", reflect.TypeFor[map[string]Plan](), ""),
		"merged":    document(t, "samlcheck.merged/v1: manifest.json of a merged bundle", reflect.TypeFor[Merged](), MergedSchema),
		"index":     document(t, "samlcheck.index/v1: index.json", reflect.TypeFor[report.Index](), report.IndexSchema),
		"transcript-line": {
			"title": "samlcheck.transcript/v1: one line of transcript.jsonl: a face begins, a face was cut short, or a run",
			"oneOf": []any{document(t, "", reflect.TypeFor[header](), transcript.Schema), document(t, "", reflect.TypeFor[cutLine](), ""), document(t, "", reflect.TypeFor[transcript.Run](), "")},
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

// enums are the strings of these files that have only certain values.
func enums() schematest.Enums {
	return schematest.Enums{
		reflect.TypeFor[samlcheck.Outcome](): {"pass", "fail", "warn", "info", "inconclusive", "skipped"},
		reflect.TypeFor[transcript.Shows]():  {"signed-in", "no-access", "error", "form", "login", "other"},
	}
}

func document(t *testing.T, title string, of reflect.Type, version string) map[string]any {
	t.Helper()
	s := schematest.Of(t, of, enums())
	if title != "" {
		s["title"] = title
	}
	if version != "" {
		s["properties"].(map[string]any)["schema"] = map[string]any{"const": version}
	}
	return s
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

	s, err := compiled("manifest")
	require.NoError(t, err)
	raw, err := os.ReadFile(filepath.Join(path, "manifest.json"))
	require.NoError(t, err)
	require.NoError(t, valid(s, raw))
	var m map[string]any
	require.NoError(t, json.Unmarshal(raw, &m))
	for _, when := range []string{"yesterday", "2026-11-25", "2026-11-25 10:00:00Z", "2026-11-25T10:00:00"} {
		m["finished"] = when
		raw, err = json.Marshal(m)
		require.NoError(t, err)
		require.ErrorContains(t, valid(s, raw), "finished", "it is no time: %s", when)
	}
}
