package checktest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Listed fails when the package in dir declares a samlcheck.Check that its
// Checks slice leaves out, or lists one twice.
func Listed(t *testing.T, dir string) {
	t.Helper()
	declared, listed := inventory(t, dir)
	require.NotEmpty(t, declared, "%s: no checks found", dir)
	for name := range declared {
		assert.Equal(t, 1, listed[name], "%s: %s must stand once in Checks", dir, name)
	}
}

func inventory(t *testing.T, dir string) (declared map[string]bool, listed map[string]int) {
	t.Helper()
	declared, listed = map[string]bool{}, map[string]int{}
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, f.Name()), nil, 0)
		require.NoError(t, err)
		for _, d := range tree.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				if v, ok := n.(*ast.ValueSpec); ok {
					take(v, declared, listed)
				}
				return true
			})
		}
	}
	return declared, listed
}

func take(v *ast.ValueSpec, declared map[string]bool, listed map[string]int) {
	for i, value := range v.Values {
		lit, ok := value.(*ast.CompositeLit)
		if !ok || i >= len(v.Names) {
			continue
		}
		switch typ := lit.Type.(type) {
		case *ast.SelectorExpr:
			if typ.Sel.Name == "Check" {
				declared[v.Names[i].Name] = true
			}
		case *ast.ArrayType:
			if v.Names[i].Name != "Checks" {
				continue
			}
			for _, e := range lit.Elts {
				if id, ok := e.(*ast.Ident); ok {
					listed[id.Name]++
				}
			}
		}
	}
}
