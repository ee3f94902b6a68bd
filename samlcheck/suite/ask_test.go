package suite_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// clerk answers the questions about members, and does what he is asked to.
type clerk struct {
	sp   *samepage.Running
	lazy bool // he invites nobody
}

func (c clerk) Listed(ctx context.Context, people []idp.Person) (map[string]int, error) {
	listed, _, err := c.sp.Directory().List(ctx)
	out := map[string]int{}
	for _, p := range people {
		for _, a := range listed {
			if strings.EqualFold(a, p.Email) {
				out[p.Ref]++
			}
		}
	}
	return out, err
}

func (c clerk) Do(_ context.Context, what string) (bool, error) {
	words := strings.Fields(what)
	if c.lazy || words[0] != "Invite" {
		return false, nil
	}
	return true, c.sp.Server.Invite(words[1], samepage.RoleMember)
}

// A person who is asked for the members view is believed as far as a person can
// be: the verdict is the view's, the confidence is not.
func TestAskingForTheMembersView(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		o    samepage.Options
		lazy bool
		want oracle.Verdict
	}{
		"created":         {samepage.Options{JIT: samepage.Create}, false, oracle.Created},
		"not provisioned": {samepage.Options{JIT: samepage.Off}, false, oracle.NotProvisioned},
		"a stale view":    {samepage.Options{JIT: samepage.CreateInactive, Quirks: []samepage.Quirk{samepage.QuirkStaleView}}, false, oracle.Shut},
		"nobody invites":  {samepage.Options{JIT: samepage.Off}, true, oracle.NotProvisioned},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sp, _ := standIn(t, "okta", false, row.o)
			tg, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, false)+"members: {list: {ask: true}}\n"), os.LookupEnv)
			require.NoError(t, err)
			if row.lazy {
				require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
			}
			res, err := suite.Run(t.Context(), suite.Options{
				Loaded: tg, Faces: []string{"okta"}, Select: []string{suite.JIT}, Ask: clerk{sp, row.lazy}, Out: t.TempDir(),
			})
			require.NoError(t, err)
			j := res.Report.Faces[0].JIT
			assert.Equal(t, row.want, report.Verdict(*j), j.Because)
			assert.Equal(t, oracle.Observed, j.Confidence)
			assert.Contains(t, strings.Join(j.Findings, "\n"), "as told by a person")
			assert.NotContains(t, j.Because, "As told by a person", "a browser saw the pages")
			again, err := suite.Judge(res.Bundle)
			require.NoError(t, err)
			assert.Equal(t, j, again.Faces[0].JIT)
		})
	}
}
