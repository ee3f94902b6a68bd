package storm

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/internal/schematest"
)

var update = flag.Bool("update", false, "write docs/schema/storm.schema.json anew from the Go types")

const published = "../../docs/schema/storm.schema.json"

// The published schema is made from the types that write the file. A field that
// was added needs -update; one that was removed or renamed needs a new version.
func TestSchemaIsWhatIsWritten(t *testing.T) {
	t.Parallel()
	s := schematest.Of(t, reflect.TypeFor[Result](), nil)
	s["title"] = Schema + ": storm.json"
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://example.com/samepage/samlcheck/schema/v1/storm.schema.json"
	s["properties"].(map[string]any)["schema"] = map[string]any{"const": Schema}
	want, err := json.MarshalIndent(s, "", "  ")
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(published, append(want, '\n'), 0o644))
	}
	have, err := os.ReadFile(published)
	require.NoError(t, err)
	assert.Equal(t, string(want)+"\n", string(have), "go test ./samlcheck/storm -run TestSchema -update")
}

func TestResultsKeepToTheSchema(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(published)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("storm", doc))
	s, err := c.Compile("storm")
	require.NoError(t, err)
	empty := &Result{Schema: Schema}
	empty.finish(time.Unix(0, 0))
	for _, r := range []*Result{empty, made()} {
		raw, err := json.Marshal(r)
		require.NoError(t, err)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		require.NoError(t, err)
		assert.NoError(t, s.Validate(v))
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"schema": "samlcheck.storm/v1"}`))
	require.NoError(t, err)
	assert.Error(t, s.Validate(v), "a schema that takes anything says nothing")
}
