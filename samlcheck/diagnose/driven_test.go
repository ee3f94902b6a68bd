package diagnose_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// driven runs checks against a stand-in as it is told to be, and gives what the
// run and the bundle, judged again, say: they must be the same.
func driven(t *testing.T, face string, o samepage.Options, checks ...string) []report.Diagnosis {
	t.Helper()
	return arrangement{Options: o, knows: face}.driven(t, face, checks...)
}

// arrangement is a stand-in and what it and the run were told of each other.
type arrangement struct {
	samepage.Options
	knows string                  // the face whose metadata it has
	file  func(url string) string // given where its metadata is, the path of another file for the run; nil for none
}

func (a arrangement) driven(t *testing.T, face string, checks ...string) []report.Diagnosis {
	t.Helper()
	o := a.Options
	sp, err := samepage.Start(o)
	require.NoError(t, err)
	defer func() { require.NoError(t, sp.Close()) }()
	text := sp.TargetFile(t.TempDir(), true)
	if a.file != nil {
		text = strings.Replace(text, "metadata: "+sp.MetadataURL, "metadata: "+a.file(sp.MetadataURL), 1)
	}
	tg, err := target.Parse("target.yaml", []byte(text), os.LookupEnv)
	require.NoError(t, err)
	i, err := suite.IdP(a.knows, suite.Options{Loaded: tg})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(i.Metadata()))
	require.NoError(t, sp.Server.InviteKnown())
	res, err := suite.Run(t.Context(), suite.Options{
		Loaded: tg, Faces: []string{face}, Select: checks, Members: sp.Directory(), KeepAccounts: true, Out: t.TempDir(), Timeout: 20 * time.Second,
	})
	require.NoError(t, err)
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, res.Report.Faces[0].Diagnosis, again.Faces[0].Diagnosis)
	return res.Revealed().Faces[0].Diagnosis
}

// Each row that rests on findings: the stand-in with the symptom has the row,
// and the one next to it, which lacks just that, has not.
func TestDriven(t *testing.T) {
	t.Parallel()
	account := []string{"account", suite.JIT}
	var mu sync.Mutex
	good := map[string]func() []report.Diagnosis{} // by what was run: rows that lie next to the same good one share its run
	for _, c := range []struct {
		row, face  string
		sick, well samepage.Options
		checks     []string
		says       string
	}{
		{"D05", "okta", samepage.Options{AsksContext: true, Defects: []samepage.Defect{"no-authn-class-other"}}, samepage.Options{Defects: []samepage.Defect{"no-authn-class-other"}},
			[]string{"request/authn-context-demanded", "acceptance/authn-class-other"}, "multi-factor"},
		{"D12", "okta", samepage.Options{Defects: []samepage.Defect{samepage.DefectAssertionAlone}}, samepage.Options{}, []string{"response/signed-*"}, "Sign SAML response and assertion"},
		{"D16", "entra", samepage.Options{Defects: []samepage.Defect{samepage.DefectLaxRequest}}, samepage.Options{}, []string{"session/state-cookie"}, "SameSite=None"},
		{"D17", "okta", samepage.Options{Defects: []samepage.Defect{samepage.DefectSolicitedOnly}}, samepage.Options{}, []string{"response/idp-initiated"}, "/login/sso"},
		{"D18", "entra", samepage.Options{Defects: []samepage.Defect{samepage.DefectNoRequest}}, samepage.Options{}, []string{"session/start-astray"}, "map your domain"},
		{"D19", "okta", samepage.Options{Defects: []samepage.Defect{"no-skew-ahead"}}, samepage.Options{}, []string{"measure/clock-early"}, "less than 1s"},
		{"D20", "okta", samepage.Options{JIT: samepage.Off}, samepage.Options{JIT: samepage.Create}, []string{suite.JIT}, "never invited"},
		{"D21", "entra", samepage.Options{JIT: samepage.NotAdmitted}, samepage.Options{JIT: samepage.Create}, []string{suite.JIT}, "default role"},
		{"D25", "okta", samepage.Options{JIT: samepage.Create, Quirks: []samepage.Quirk{samepage.QuirkNeedsDepartment}}, samepage.Options{JIT: samepage.Create},
			[]string{"provisioning/plain-attributes-enough", suite.JIT}, "--minimise"},
		{"D23", "okta", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{"case-sensitive"}}, samepage.Options{JIT: samepage.Create}, account, "lower case"},
		{"D24", "entra", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{"no-guests"}}, samepage.Options{JIT: samepage.Create}, account, "#EXT#"},
		{"D28", "okta", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{"seat-limit"}}, samepage.Options{JIT: samepage.Create}, account, "seats"},
		{"D29", "okta", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{"by-address"}}, samepage.Options{JIT: samepage.Create}, account, "before anybody is renamed"},
		{"D26 D27", "entra", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{"overage-drops"}}, samepage.Options{JIT: samepage.Create}, account, "150"},
		{"D22", "okta", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{samepage.HabitUnlinked}}, samepage.Options{JIT: samepage.Create},
			[]string{"provisioning/*"}, "link existing accounts"},
		{"D30", "entra", samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{samepage.HabitInvitationBlocks}}, samepage.Options{JIT: samepage.Create}, account, "delete the invitation"},
		{"D31", "okta", samepage.Options{}, samepage.Options{SessionLifetime: time.Nanosecond}, []string{"offboarding/session-outlives"}, "still alive"},
		{"D32", "okta", samepage.Options{}, samepage.Options{Surface: []samepage.Surface{"scim"}}, []string{"offboarding/account-unlisted", "surface/scim"}, "manual off-boarding list"},
		{"D33", "okta", samepage.Options{}, samepage.Options{SSOOnly: true}, []string{"offboarding/password-offered"}, "another door"},
		{"D34", "entra", samepage.Options{SLO: true, SLOFlaws: []samepage.SLOFlaw{"local-only"}}, samepage.Options{SLO: true}, []string{"logout/identity-provider-not-told"}, "ForceAuthn"},
		{"D37", "okta", samepage.Options{Defects: []samepage.Defect{"no-encrypted-aes256-cbc"}}, samepage.Options{}, []string{"acceptance/encrypted-aes256-*"}, "thumbprint"},
		{"D38", "okta", samepage.Options{Defects: []samepage.Defect{"no-large-response"}}, samepage.Options{}, []string{"measure/response-size"}, "Filter the groups"},
	} {
		t.Run(c.row, func(t *testing.T) {
			t.Parallel()
			ds := driven(t, c.face, c.sick, c.checks...)
			said := ""
			for _, id := range strings.Fields(c.row) {
				d, ok := row(ds, id)
				require.True(t, ok, "%+v", ds)
				said += d.Cause + d.Remedy
				assert.NotEmpty(t, d.RestsOn)
			}
			assert.Contains(t, said, c.says)
			name := fmt.Sprint(c.face, c.well, c.checks)
			mu.Lock()
			if good[name] == nil {
				good[name] = sync.OnceValue(func() []report.Diagnosis { return driven(t, c.face, c.well, c.checks...) })
			}
			run := good[name]
			mu.Unlock()
			ds = run()
			for _, id := range strings.Fields(c.row) {
				_, ok := row(ds, id)
				assert.False(t, ok, "%+v", ds)
			}
		})
	}
}

func row(ds []report.Diagnosis, id string) (report.Diagnosis, bool) {
	for _, d := range ds {
		if d.ID == id {
			return d, true
		}
	}
	return report.Diagnosis{}, false
}

// A good service provider, looked at from all sides that a login has, is given no cause.
func TestNothingToBlame(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"okta", "entra"} {
		assert.Empty(t, driven(t, face, samepage.Options{JIT: samepage.Create, SSOOnly: true}, "request/*", "response/signed-*", "response/idp-initiated", "session/*", suite.JIT))
	}
}

// D36: the file that an administrator has kept since last year, and the same
// downloaded again.
func TestAFileThatHasRunOut(t *testing.T) {
	t.Parallel()
	kept := func(until time.Duration) func(string) string {
		return func(url string) string {
			resp, err := http.Get(url) //nolint:noctx // on loopback
			require.NoError(t, err)
			raw, err := io.ReadAll(resp.Body)
			require.NoError(t, errors.Join(err, resp.Body.Close()))
			ends := regexp.MustCompile(` validUntil="[^"]*"`).ReplaceAll(raw, nil)
			ends = regexp.MustCompile(`<(\w+:)?EntityDescriptor `).ReplaceAll(ends, []byte(`${0}validUntil="`+time.Now().Add(until).UTC().Format(time.RFC3339)+`" `))
			path := filepath.Join(t.TempDir(), "sp.xml")
			require.NoError(t, os.WriteFile(path, ends, 0o600))
			return path
		}
	}
	d, ok := row(arrangement{knows: "okta", file: kept(-24 * time.Hour)}.driven(t, "okta", "spmetadata/*"), "D36")
	require.True(t, ok)
	assert.Contains(t, d.Cause, "service provider's metadata")
	assert.Contains(t, d.Remedy, "Download it again")
	_, ok = row(arrangement{knows: "okta", file: kept(24 * time.Hour)}.driven(t, "okta", "spmetadata/*"), "D36")
	assert.False(t, ok)
}

// D18: an app that has the metadata of one identity provider, asked as another.
func TestAnAppThatKnowsAnotherIdentityProvider(t *testing.T) {
	t.Parallel()
	d, ok := row(arrangement{knows: "okta"}.driven(t, "entra", "request/acs-plain"), "D18")
	require.True(t, ok)
	assert.Regexp(t, `another identity provider than this run's \(https://sts\.windows\.net/[^ ]+/\): to https://[^ ]+okta[^ ]+\.$`, d.Cause)
	assert.Contains(t, d.Remedy, "--face")
	_, ok = row(arrangement{knows: "entra"}.driven(t, "entra", "request/acs-plain"), "D18")
	assert.False(t, ok)
}
