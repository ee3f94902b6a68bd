package suite_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// state is one folder of IdP keys for all tests of this package: making RSA
// keys is the slowest part of a run.
var state string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "samlcheck-state-")
	if err != nil {
		panic(err)
	}
	state = filepath.Join(dir, "state")
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// standIn starts a workspace that knows both faces' identity providers, one at
// a time, and returns the target that tests it.
func standIn(t testing.TB, face string, view bool, o samepage.Options) (*samepage.Running, *target.Target) {
	t.Helper()
	sp, err := samepage.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sp.Close()) })
	tg, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, view)), os.LookupEnv)
	require.NoError(t, err)
	i, err := suite.IdP(face, suite.Options{Loaded: tg})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(i.Metadata()))
	return sp, tg
}
