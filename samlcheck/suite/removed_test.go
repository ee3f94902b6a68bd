package suite_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// What the experiment made is gone at the end, the members it found are not, and
// the bundle says of each how that is known.
func TestARunLeavesNoAccounts(t *testing.T) {
	t.Parallel()
	for _, keep := range []bool{false, true} {
		sp, tg := standIn(t, "okta", true, samepage.Options{JIT: create})
		require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
		res, err := suite.Run(t.Context(), suite.Options{
			Loaded: tg, Faces: []string{"okta"}, Select: []string{suite.JIT}, Members: sp.Directory(), KeepAccounts: keep, Out: t.TempDir(),
		})
		require.NoError(t, err)
		assert.Equal(t, "created confirmed", said(*res.Report.Faces[0].JIT), "the verdict is from before the clean-up")
		want := map[bool]string{false: report.Removed, true: report.Seen}[keep]
		require.NotEmpty(t, res.Report.Faces[0].Accounts)
		for _, a := range res.Report.Faces[0].Accounts {
			assert.Equal(t, want, a.State, a.Email)
		}
		ours := 0
		for _, m := range sp.Server.Members() {
			if strings.HasPrefix(m.Email, "samlcheck-") {
				ours++
			}
		}
		assert.Equal(t, keep, ours > 0)
		raw, err := os.ReadFile(filepath.Join(res.Bundle, "accounts.json"))
		require.NoError(t, err)
		var listed []bundle.Account
		require.NoError(t, json.Unmarshal(raw, &listed))
		require.Len(t, listed, len(res.Report.Faces[0].Accounts))
		assert.Equal(t, want, listed[0].State)
		again, err := suite.Judge(res.Bundle)
		require.NoError(t, err)
		assert.Equal(t, res.Report.Faces[0].Accounts, again.Faces[0].Accounts)
	}
}
