package offboarding

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const at = "https://sp.example"

// page is what the service shows at home: to a member his name, to others the door.
func page(in bool) []transcript.Visit {
	h := transcript.Hop{Method: "GET", URL: at + "/login", Status: 200, Title: "Log in", Blocks: []string{"Log in with SSO"}, Links: []string{at + "/login/sso"}}
	if in {
		h = transcript.Hop{Method: "GET", URL: at + "/home", Status: 200, Title: "Home",
			Blocks: []string{"Welcome back to your own workspace", "Launch team", "Recent pages of the week"}, Links: []string{at + "/logout", at + "/teams"}}
	}
	start := transcript.Hop{Method: "GET", URL: at + "/home", Status: 200}
	if !in {
		start.Status, start.Location = 302, "/login"
		return []transcript.Visit{{Name: "home", Hops: []transcript.Hop{start, h}}}
	}
	return []transcript.Visit{{Name: "home", Hops: []transcript.Hop{h}}}
}

func step(name string, in bool) transcript.Step {
	s := transcript.Step{Name: name, Person: "known", Visits: page(in)}
	rest := s.Visits[0].Rest()
	s.Login = []transcript.Hop{{Method: "POST", URL: at + "/acs", Status: 302, Posted: []string{"SAMLResponse"}}, rest}
	s.Sent = &transcript.Message{XML: "<Response/>", URL: at + "/acs"}
	return s
}

// stopped is the login that the identity provider refuses.
func stoppedStep() transcript.Step {
	return transcript.Step{Name: blocked, Person: "known", Refusal: "not assigned to the app", Visits: page(false),
		Login: []transcript.Hop{{Method: "GET", URL: "https://idp.example/sso", AtIdP: true, Status: 403, Title: "Not assigned"}}}
}

func watchedStep(alive ...bool) transcript.Step {
	s := transcript.Step{Name: watched, Person: "known"}
	for i, in := range alive {
		s.Looks = append(s.Looks, transcript.Look{After: int64(i) * 60000, Visits: page(in)})
	}
	return s
}

func kase(steps ...transcript.Step) *samlcheck.Case {
	one := func(seq int, t trial.Trial, s transcript.Step) transcript.Run {
		return transcript.Run{Seq: seq, Trial: t.Name, Part: string(t.Part), Steps: []transcript.Step{s}}
	}
	denied := step("login", false)
	denied.Sent.XML = `<Response><Status/></Response>`
	runs := []transcript.Run{
		one(0, trial.Clean(), step("login", true)), one(1, trial.Stranger(), transcript.Step{Name: "look", Visits: page(false)}),
		one(2, trial.Denied(), denied), one(3, trial.CleanAgain(), step("login", true)),
		{Seq: 4, ID: "okta/004", Trial: revoked().Name, Part: string(trial.Question), Steps: steps},
	}
	return &samlcheck.Case{
		Model: oracle.Learn(transcript.Record{People: []transcript.Person{{Ref: "known", Email: "alice@acme.example", NameID: "alice@acme.example"}}, Runs: runs}),
		Runs:  map[string]transcript.Run{revoked().Name: runs[4]},
	}
}

func looked(name string, in bool) transcript.Step {
	return transcript.Step{Name: name, Person: "known", Visits: page(in)}
}

func TestOutlives(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		watch transcript.Step
		alive bool
		stop  transcript.Step
		want  samlcheck.Outcome
		says  string
	}{
		"dead at once":  {watchedStep(false), true, stoppedStep(), samlcheck.Pass, "dead at the first look"},
		"dies":          {watchedStep(true, true, false), true, stoppedStep(), samlcheck.Pass, "between 60 s and 2 min after revocation"},
		"lives on":      {watchedStep(true, true, true), true, stoppedStep(), samlcheck.Fail, "still alive 2 min after revocation; watching stopped then"},
		"looked once":   {watchedStep(true), true, stoppedStep(), samlcheck.Fail, "how long it lives was not watched"},
		"not seen":      {watchedStep(), true, stoppedStep(), samlcheck.Inconclusive, "not looked at"},
		"not followed":  {watchedStep(false), false, stoppedStep(), samlcheck.Inconclusive, "cannot be followed"},
		"never stopped": {watchedStep(true, true), true, step(blocked, true), samlcheck.Inconclusive, "not shown to work"},
	} {
		v := judgeOutlives(kase(step(login, true), looked(alive, c.alive), c.stop, c.watch, step(back, true)))
		assert.Equal(t, c.want, v.Outcome(samlcheck.Must), "%s: %s", name, v.Because)
		assert.Contains(t, v.Because, c.says, name)
	}
}

func TestStopped(t *testing.T) {
	t.Parallel()
	judge := stopped(revoked().Name)
	v := judge(kase(step(login, true), stoppedStep(), step(back, true)))
	assert.Equal(t, samlcheck.Pass, v.Outcome(samlcheck.Must), v.Because)
	assert.Contains(t, v.Because, `403 "Not assigned"`)

	past := looked(blocked, true)
	past.Login = []transcript.Hop{{Method: "GET", URL: at + "/home", Status: 200}}
	v = judge(kase(step(login, true), past, step(back, true)))
	assert.Equal(t, samlcheck.Fail, v.Outcome(samlcheck.Must), "in without any response: "+v.Because)

	v = judge(kase(step(login, true), stoppedStep(), step(back, false)))
	assert.Equal(t, samlcheck.Inconclusive, v.Outcome(samlcheck.Must), "a service that is gone stops everybody: "+v.Because)
}

func TestSameAccount(t *testing.T) {
	t.Parallel()
	view := func(name string, n int) transcript.Step {
		return transcript.Step{Name: name, Members: &transcript.View{Entries: map[string]int{"known": n}, Total: n}}
	}
	v := judgeSame(kase(view(before, 1), step(login, true), step(back, true), view("members-after", 1)))
	assert.Equal(t, samlcheck.Pass, v.Outcome(samlcheck.Must), v.Because)
	v = judgeSame(kase(view(before, 1), step(login, true), step(back, true), view("members-after", 2)))
	assert.Equal(t, samlcheck.Fail, v.Outcome(samlcheck.Must), v.Because)
	v = judgeSame(kase(step(login, true), step(back, false)))
	assert.Equal(t, samlcheck.Inconclusive, v.Outcome(samlcheck.Must), v.Because)
}

func TestWords(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		5 * time.Second: "5 s", 119 * time.Second: "119 s", 15 * time.Minute: "15 min", 155 * time.Second: "2 min 35 s", 12 * time.Hour: "12 h 0 min",
	} {
		assert.Equal(t, want, words(d))
	}
}
