// Package floors holds the map of the building: which package may import which.
package floors

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "example.com/samepage/"

// floor is the whole building. A package imports only from floors below its
// own; the same floor is not below.
var floor = map[string]int{
	"docs/schema":                   0, // the published schemas, embedded
	"samlcheck/cite":                0,
	"samlcheck/transcript":          0,
	"samlcheck/message":             0,
	"samlcheck/xmlstream":           -1, // knows nothing of SAML, and could live elsewhere
	"samlcheck/metadata":            1,
	"samlcheck/forge":               1,
	"samlcheck/schema":              1,
	"samlcheck/target":              1,
	"samlcheck/browser":             1,
	"samlcheck/browser/plain":       2,
	"samlcheck/browser/chromium":    2,
	"samlcheck/browser/browsertest": 2, // what every browser must do
	"samlcheck/browser/manual":      2,
	"samlcheck/trial":               2,
	"samlcheck/setup":               2,
	"samlcheck/aggregate":           2,
	"samlcheck/difference":          2,
	"samlcheck/idp":                 2,
	"samlcheck/idp/template":        1, // knows no identity provider: texts and values
	"samlcheck/oracle":              2,
	"samlcheck":                     3,
	"samlcheck/idp/*":               3, // the faces
	"samlcheck/capture":             3, // knows the clean login's key, which the checks ask for
	"samlcheck/expect":              4,
	"samlcheck/engine":              4,
	"samlcheck/report":              4,
	"samlcheck/idp/face":            4,
	"samlcheck/idp/fidelity":        5,
	"samlcheck/checks/*":            5,
	"samlcheck/diagnose":            5, // gives what package report prints
	"samlcheck/actor":               5,
	"samlcheck/bundle":              5,
	"samlcheck/checks":              6,
	"samlcheck/storm":               6,
	"samlcheck/suite":               7,
	"samlcheck/suite/idptest":       7,
	"samlcheck/samepage":            7,
	"samlcheck/checktest":           8,
	"samlcheck/capture/capturetest": 8, // records logins at the stand-in
	"samlcheck/checktest/*":         4, // the account of the catalogue, which it does not import
	"samlcheck/cmd/samlcheck":       9,
	"samlcheck/internal/cputime":    0,
	"samlcheck/internal/*":          10,
}

// closed lists what a judge may never reach: it judges, it does not act.
var closed = []string{"net", "net/http", "os", "os/exec", "math/rand", "math/rand/v2", "crypto/rand"}

func floorOf(pkg string) (int, bool) {
	if n, ok := floor[pkg]; ok {
		return n, true
	}
	n, ok := floor[path.Dir(pkg)+"/*"]
	return n, ok
}

func pure(pkg string) bool {
	return strings.HasPrefix(pkg, "samlcheck/checks/") || pkg == "samlcheck/expect" || pkg == "samlcheck/oracle"
}

func TestImportsGoDownward(t *testing.T) {
	root := os.DirFS("../../..")
	files := 0
	err := fs.WalkDir(root, "samlcheck", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		files++
		src, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		here := path.Dir(p)
		mine, ok := floorOf(here)
		assert.True(t, ok, "%s has no floor", here)
		for _, im := range f.Imports {
			to, _ := strconv.Unquote(im.Path.Value)
			if in, ok := strings.CutPrefix(to, module); ok {
				theirs, ok := floorOf(in)
				assert.True(t, ok && theirs < mine, "%s (floor %d) imports %s (floor %d)", p, mine, in, theirs)
			}
			if pure(here) {
				assert.NotContains(t, closed, to, "%s imports %s: a judge is pure", p, to)
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.NotZero(t, files)
}

func TestNoFloorIsEmpty(t *testing.T) {
	for pkg := range floor {
		if strings.HasSuffix(pkg, "/*") {
			continue
		}
		_, err := os.Stat("../../../" + pkg)
		assert.NoError(t, err, "the map names %s, which is not there", pkg)
	}
}
