package suite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// What a run said, its bundle says again: the whole catalogue, a good service
// provider and one that has flaws, both faces.
func TestJudgingABundleAgain(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]samepage.Options{
		"good":   {JIT: samepage.Off},
		"flawed": {JIT: samepage.Create, Flaws: []samepage.Flaw{samepage.FlawAudience, samepage.FlawReplay}},
	} {
		for _, face := range []string{"okta", "entra"} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				sp, tg := standIn(t, face, true, o)
				res, err := suite.Run(t.Context(), suite.Options{
					Loaded: tg, Faces: []string{face}, Members: sp.Directory(), Out: t.TempDir(),
				})
				require.NoError(t, err)
				again, err := suite.Judge(res.Bundle)
				require.NoError(t, err)
				assert.Equal(t, res.Report.Faces[0].Findings, again.Faces[0].Findings)
				assert.Equal(t, res.Report.Faces[0].JIT, again.Faces[0].JIT)
				assert.Equal(t, res.Report.Summary, again.Summary)
				assert.Equal(t, report.StandIn, again.Target.Kind)
				if name == "good" {
					assert.Zero(t, res.Report.Summary.Fail+res.Report.Summary.Warn+res.Report.Summary.Inconclusive)
				} else {
					assert.Equal(t, samlcheck.Fail, outcome(*again, "response/replay"))
					assert.Equal(t, samlcheck.Fail, outcome(*again, "response/audience-foreign"))
				}
			})
		}
	}
}

func outcome(r report.Report, id string) samlcheck.Outcome {
	for _, f := range r.Faces[0].Findings {
		if f.Check == id {
			return f.Outcome
		}
	}
	return ""
}

// The front door for CI: sub-tests with stable names, gated by expectations.
func TestTest(t *testing.T) {
	t.Parallel()
	_, tg := standIn(t, "okta", false, samepage.Options{JIT: samepage.Create, Flaws: []samepage.Flaw{samepage.FlawReplay}})
	tg.Expect = map[string]target.Expected{"response/replay": {Is: []string{"fail"}}, "jit": {Is: []string{"undecided", "admitted"}}}
	tg.People.Known.Email, tg.People.Known.NameID = "bob@acme.example", "bob@acme.example" // made by the first login
	suite.Test(t, suite.Options{Loaded: tg, Faces: []string{"okta"}, Select: []string{"response/replay", suite.JIT}})
}
