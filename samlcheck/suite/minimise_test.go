package suite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// What a newcomer needs is found out in a second plan, which is in the record
// like the first: judged again, the bundle says the same.
func TestMinimise(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		quirk      samepage.Quirk
		department bool // sent besides the groups, of which either is enough
		needs      []string
		says       string
		logins     bool
	}{
		"groups":             {samepage.QuirkNeedsDepartment, false, []string{"groups"}, "does not get in without: groups", true},
		"one of two":         {samepage.QuirkNeedsDepartment, true, nil, "one of several is enough", true},
		"plain are enough":   {"", false, nil, "", false},
		"nobody is received": {samepage.QuirkThrottle, false, nil, "", false},
	} {
		for _, face := range []string{"okta", "entra"} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				sp, tg := standIn(t, face, false, samepage.Options{JIT: create, Quirks: quirks(tt.quirk)})
				require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
				if tt.department {
					tg.People.Known.Attributes["department"] = []string{"IT"}
				}
				o := suite.Options{Loaded: tg, Faces: []string{face}, Select: []string{suite.JIT}, Minimise: true, Out: t.TempDir(), RunID: "7f3a"}
				p, err := suite.Plan(t.Context(), o)
				require.NoError(t, err)
				assert.Positive(t, p.Faces[0].Further)
				assert.Contains(t, strings.Join(p.Faces[0].Accounts, " "), "samlcheck-7f3a-less-groups@")
				res, err := suite.Run(t.Context(), o)
				require.NoError(t, err)
				f := res.Report.Faces[0]
				assert.Equal(t, tt.needs, f.JIT.Needs, f.JIT.Findings)
				assert.Contains(t, strings.Join(f.JIT.Findings, "\n"), tt.says)
				less := 0
				for _, l := range f.Landings {
					if strings.HasPrefix(l.Trial, oracle.TrialLess) {
						less++
						assert.Contains(t, p.Faces[0].Accounts, strings.Replace("samlcheck-7f3a-"+l.Trial+"@acme.example", "user_name", "username", 1))
					}
				}
				assert.Equal(t, tt.logins, less > 0)
				assert.LessOrEqual(t, less, p.Faces[0].Further)
				if tt.needs != nil {
					assert.Contains(t, f.JIT.Because, "Needs: groups.")
				}
				again, err := suite.Judge(res.Bundle)
				require.NoError(t, err)
				assert.Equal(t, f.JIT, again.Faces[0].JIT)
				assert.Equal(t, f.Findings, again.Faces[0].Findings)
			})
		}
	}
}

// Nobody is asked for more than he wants to know.
func TestWithoutMinimiseNobodyMoreSignsIn(t *testing.T) {
	t.Parallel()
	_, tg := standIn(t, "okta", false, samepage.Options{JIT: create, Quirks: quirks(samepage.QuirkNeedsDepartment)})
	p, err := suite.Plan(t.Context(), suite.Options{Loaded: tg, Faces: []string{"okta"}, Select: []string{suite.JIT}})
	require.NoError(t, err)
	assert.Zero(t, p.Faces[0].Further)
	assert.NotContains(t, strings.Join(p.Faces[0].Accounts, " "), "less")
}
