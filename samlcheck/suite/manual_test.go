package suite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// What a person says gives the verdicts that a driven browser's pages give, and
// the bundle gives them again.
func TestByHandSaysWhatADrivenRunSays(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"okta", "entra"} {
		for _, row := range jitTable {
			for _, ask := range []bool{true, false} {
				name, want := face+"/"+string(row.mode)+"/asked for the view", row.withView
				if !ask {
					name, want = face+"/"+string(row.mode)+"/no view", row.none
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					sp, tg := handTarget(t, face, ask, samepage.Options{JIT: row.mode})
					a, done := byHand(t, t.Context(), sp, tg, suite.Options{
						Faces: []string{face}, Select: []string{suite.JIT, "request", "provisioning"}, Out: t.TempDir(),
					})
					a.follows(nil)
					r := <-done
					require.NoError(t, r.err)
					sameAsDriven(t, r.res, want)
				})
			}
		}
	}
}

func sameAsDriven(t *testing.T, res *suite.Result, want oracle.Verdict) {
	t.Helper()
	f := res.Report.Faces[0]
	require.NotNil(t, f.JIT)
	assert.Equal(t, want, report.Verdict(*f.JIT), "%s\nleaning %s", f.JIT.Because, f.JIT.Leaning)
	assert.Equal(t, oracle.Observed, f.JIT.Confidence)
	assert.Contains(t, f.JIT.Because, "As told by a person")
	assert.Equal(t, "manual", f.Browser)
	assert.Equal(t, samlcheck.Pass, outcome(*res.Report, "provisioning/known-member-signs-in"))
	assert.Equal(t, samlcheck.Pass, outcome(*res.Report, "request/issuer-missing"))
	assert.Zero(t, res.Report.Summary.Fail)
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, f.Findings, again.Faces[0].Findings)
	assert.Equal(t, f.JIT, again.Faces[0].JIT)
	assert.Equal(t, res.Report.Summary, again.Summary)
}
