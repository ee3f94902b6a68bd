package oracle

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/transcript"
)

func TestFold(t *testing.T) {
	t.Parallel()
	f := newFolder(people(), "fresh-1")
	for in, want := range map[string]string{
		"Welcome, Wanda Brill!":                             "Welcome, {person}!",
		"QOVEX@ACME.EXAMPLE is not a member":                "{person} is not a member",
		"/users/qovex%40acme.example/edit":                  "/users/{person}/edit",
		"Brilliant wandas":                                  "Brilliant wandas", // not whole words
		"invited by Alice Archer":                           "invited by {other}",
		"id 7b2f8c1e-0d3a-4f6b-9c2d-1e5f7a9b3c4d":           "id *",
		"token AbC9xYz12KlmNoPq34Rs":                        "token *",
		"commit deadbeef01, 12 files":                       "commit *, 0 files",
		"SAMLAuthenticationFailedException":                 "SAMLAuthenticationFailedException",
		"internationalisationpreferences":                   "internationalisationpreferences",
		"how-to-write-better-minutes-of-meetings-2024-here": "how-to-write-better-minutes-of-meetings-0-here",
		"defaced effaced":                                   "defaced effaced",
	} {
		assert.Equal(t, want, f.fold(in))
	}
}

func TestWho(t *testing.T) {
	t.Parallel()
	m := Learn(scene{jit: "create"}.play(experiment))
	assert.Equal(t, "fresh-1", m.Land(m.runs[TrialFresh1].Last()).As)
	assert.Equal(t, "known", m.Land(m.runs[TrialKnown1].Last()).As)
	assert.Empty(t, m.Land(m.runs[TrialStranger1].Last()).As)

	s := m.runs[TrialFresh1].Last()
	s.Login = append([]transcript.Hop(nil), s.Login...)
	s.Login[len(s.Login)-1].Blocks = []string{"alice@acme.example invited you"}
	assert.Empty(t, m.Land(s).As, "two people are named")

	echo := Learn(scene{jit: "off", quirks: []string{"echo-200"}}.play(experiment))
	assert.Equal(t, "fresh-1", echo.Land(echo.runs[TrialFresh1].Last()).As, "a name says who, not whether")
	assert.Equal(t, transcript.Out, echo.Land(echo.runs[TrialFresh1].Last()).Where)
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "create"}.play(experiment)
	m := Learn(rec)
	good := m.runs[TrialFresh1].Last()
	for _, status := range []int{429, 502, 503, 504} {
		s := good
		s.Login = append([]transcript.Hop(nil), good.Login...)
		s.Login[len(s.Login)-1].Status = status
		assert.Equal(t, transcript.Unreadable, m.Land(s).Where, "login %d", status)
		s = good
		s.Visits = append([]transcript.Visit(nil), good.Visits...)
		for i := range s.Visits {
			if s.Visits[i].Name == visitHome {
				s.Visits[i].Hops = []transcript.Hop{{URL: site + "/home", Status: status}}
			}
		}
		assert.Equal(t, transcript.Unreadable, m.Land(s).Where, "home %d", status)
	}
	broken := good
	broken.Fault = "no browser"
	assert.Equal(t, transcript.Unreadable, m.Land(broken).Where)
	assert.Equal(t, transcript.Unreadable, m.Land(transcript.Step{}).Where)

	undelivered := good
	undelivered.Sent, undelivered.Login = nil, []transcript.Hop{{URL: site + "/login/sso", Status: 500}}
	l := m.Land(undelivered)
	assert.Equal(t, transcript.Unreadable, l.Where, "nothing was refused that was never delivered")
	assert.Contains(t, l.Because, "no response was delivered")
}

func TestCrashed(t *testing.T) {
	t.Parallel()
	m := Learn(scene{jit: "off"}.play(experiment))
	s := m.runs[TrialFresh1].Last()
	assert.False(t, m.Land(s).Crashed)
	s.Login = []transcript.Hop{{Method: "POST", URL: site + "/saml/acs", Posted: []string{"SAMLResponse"}, Status: 500}}
	l := m.Land(s)
	assert.True(t, l.Crashed)
	assert.Equal(t, transcript.Out, l.Where, "who crashes signs nobody in; the judge says that it is no refusal")
	s.Login[0].Status, s.Login[0].Error = 0, "connection reset"
	assert.True(t, m.Land(s).Crashed)
}

// A newcomer who lacks the cookie that every member got is at most weak.
func TestMissingCookie(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "create", noView: true}.play(experiment)
	for i := range rec.Runs {
		if rec.Runs[i].Part == PartNewcomer {
			for j := range rec.Runs[i].Steps[0].Login {
				rec.Runs[i].Steps[0].Login[j].Cookies = nil
			}
		}
	}
	j := Learn(rec).JIT()
	assert.Equal(t, VerdictUndecided, j.Verdict)
	assert.Equal(t, Admitted, j.Leaning)
	assert.Contains(t, j.Because, "lacks the cookie session")
}

func TestRepeatedControlsAreNotLearnedFrom(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "create", noView: true}.play(experiment)
	want := Learn(rec).JIT()
	i := slices.IndexFunc(rec.Runs, func(r transcript.Run) bool { return r.Trial == TrialStranger1 })
	require.GreaterOrEqual(t, i, 0)
	out := rec.Runs[i].Last()
	for i := range 3 { // a control that went wrong later on
		again := transcript.Run{ID: "x", Seq: 100 + i, Trial: TrialKnown1, Part: PartKnown, Again: i + 1, Steps: []transcript.Step{out}}
		rec.Runs = append(rec.Runs, again)
	}
	assert.Equal(t, want, Learn(rec).JIT())
}

func TestKnownMember(t *testing.T) {
	t.Parallel()
	in, why := Learn(scene{jit: "create"}.play(experiment)).KnownIn()
	assert.True(t, in)
	assert.Contains(t, why, "Welcome back {person}", "what he sees is quoted")

	in, why = Learn(scene{jit: "off", quirks: []string{"locked"}, locked: true}.play(experiment)).KnownIn()
	assert.False(t, in)
	assert.Contains(t, why, "door")
	assert.Contains(t, why, "Your account has been locked")

	in, why = Learn(scene{jit: "form", uninvited: true}.play(experiment)).KnownIn()
	assert.False(t, in)
	assert.Contains(t, why, "merely a form")

	in, why = Learn(scene{jit: "off", uninvited: true}.play(experiment)).KnownIn()
	assert.False(t, in)
	assert.Contains(t, why, "nothing tells")

	in, why = Learn(transcript.Record{}).KnownIn()
	assert.False(t, in)
	assert.NotEmpty(t, why)
}

// A known member who is turned away by a page of status 200 is like every
// newcomer who is: nobody is called admitted for that.
func TestKnownMemberAtGate(t *testing.T) {
	t.Parallel()
	j := Learn(scene{jit: "gate", quirks: []string{"small"}, uninvited: true, noView: true}.play(experiment)).JIT()
	assert.Equal(t, VerdictUndecided, j.Verdict, j.Because)
	assert.Contains(t, j.Because, "neither names anybody nor leads anywhere")
	j = Learn(scene{jit: "create", noView: true}.play(experiment)).JIT()
	assert.Equal(t, Admitted, j.Verdict, j.Because)
}

// Without any known member the blind rules hold, and never say admitted.
func TestBlindWithoutKnownMember(t *testing.T) {
	t.Parallel()
	trials := without(TrialInvite, TrialKnown1, TrialKnown2, TrialKnown3, TrialKnownPlain, TrialSpoiltKey1, TrialSpoiltKey2, TrialSpoiltAud)
	for _, c := range []struct {
		name string
		scene
		want Verdict
	}{
		{"jit on", scene{jit: "create", noView: true}, VerdictAccepted},
		{"jit on, with view", scene{jit: "create"}, Created},
		{"jit off", scene{jit: "off", noView: true}, VerdictUndecided},
		{"jit off, with view", scene{jit: "off"}, VerdictUndecided},
		{"inactive, with view", scene{jit: "inactive"}, CreatedUnseen},
		{"form", scene{jit: "form", noView: true}, Asks},
		{"gate", scene{jit: "gate", noView: true}, NotAdmitted},
		{"application page with a form", scene{jit: "create", quirks: []string{"home-form"}, noView: true}, VerdictAccepted},
		{"token", scene{jit: "create", quirks: []string{"token"}, noView: true}, VerdictAccepted},
		{"script", scene{jit: "create", quirks: []string{"script"}, noView: true}, VerdictUndecided},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := Learn(c.play(trials)).JIT()
			assert.Equal(t, c.want, j.Verdict, j.Because)
			assert.NotContains(t, []Verdict{j.Verdict, j.Leaning}, Admitted)
			assert.Contains(t, j.Settle, "a known member")
		})
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	j := Learn(scene{jit: "off"}.play(experiment)).JIT()
	assert.Equal(t, []string{"qovex@acme.example", "zumir@acme.example", "pelko@acme.example"}, j.Accounts, "whoever was sent or invited may have an account")
	assert.Equal(t, []string{"email", "firstName", "lastName", "department", "groups=staff"}, j.Sent.Rich)
	assert.Contains(t, j.Because, "With these attributes: email, firstName, lastName, department, groups=staff.")
	empty := Learn(transcript.Record{}).JIT()
	assert.NotNil(t, empty.Accounts, "an empty list, not null")
	assert.Equal(t, VerdictUndecided, empty.Verdict)
}

func TestFindings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scene
		want string
	}{
		{scene{jit: "create", quirks: []string{"needs-department"}}, "needs more than the plain attributes"},
		{scene{jit: "create", quirks: []string{"blind"}}, "blind"},
		{scene{jit: "off", quirks: []string{"directory"}}, "listed the newcomer before the first login"},
		{scene{jit: "create", quirks: []string{"late"}}, "late:"},
		{scene{jit: "create", quirks: []string{"any-key"}}, "forged signature got in"},
	} {
		j := Learn(c.play(experiment)).JIT()
		assert.True(t, hasFinding(j.Findings, c.want), "%s not in %v", c.want, j.Findings)
	}
}

// A view that was not seen to change confirms nothing.
func TestViewNotSeenFresh(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "off", noInvite: true}.play(experiment)
	for i := range rec.Runs {
		if rec.Runs[i].Trial == TrialMembers1 {
			rec.Runs[i].Steps[0].Members.Entries["known"] = 1
		}
	}
	j := Learn(rec).JIT()
	assert.Equal(t, NotProvisioned, j.Verdict)
	assert.Equal(t, Observed, j.Confidence)
	assert.Contains(t, j.Because, "may be late")
	assert.Equal(t, Confirmed, Learn(scene{jit: "off"}.play(experiment)).JIT().Confidence)
}
