package suite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// jitTable is the whole point: what the stand-in does, and what is said of it.
var jitTable = []struct {
	mode           samepage.JIT
	withView, none oracle.Verdict
}{
	{samepage.Off, oracle.NotProvisioned, oracle.Shut},
	{samepage.Create, oracle.Created, oracle.Admitted},
	{samepage.CreateInactive, oracle.CreatedWaiting, oracle.Shut},
	{samepage.Form, oracle.Asks, oracle.Asks},
	{samepage.SessionOnly, oracle.Admitted, oracle.Admitted},
	{samepage.NotAdmitted, oracle.NotAdmitted, oracle.NotAdmitted},
}

func TestJITVerdicts(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"okta", "entra"} {
		for _, row := range jitTable {
			for _, view := range []bool{true, false} {
				name := face + "/" + string(row.mode) + "/with view"
				want := row.withView
				if !view {
					name, want = face+"/"+string(row.mode)+"/without view", row.none
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					j := jit(t, face, view, samepage.Options{JIT: row.mode})
					assert.Equal(t, want, report.Verdict(j), "%s\n%s", j.Because, j.Leaning)
				})
			}
		}
	}
}

// jit runs only the experiment. With a view, the known member is invited by the
// run itself; without one he has been invited before.
func jit(t *testing.T, face string, view bool, o samepage.Options) oracle.JIT {
	t.Helper()
	sp, tg := standIn(t, face, view, o)
	opt := suite.Options{Loaded: tg, Faces: []string{face}, Select: []string{suite.JIT}}
	if view {
		opt.Members = sp.Directory()
	} else {
		require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	}
	res, err := suite.Run(t.Context(), opt)
	require.NoError(t, err)
	require.Len(t, res.Report.Faces, 1)
	require.NotNil(t, res.Report.Faces[0].JIT)
	return *res.Report.Faces[0].JIT
}
