package provisioning

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
)

// where is what one login finds at home.
type where string

const (
	inside  where = "inside"
	outside where = "outside"
	gate    where = "gate"
	locked  where = "locked" // the login page, with a message that stays
	busy    where = "busy"
)

const site = "https://sp.example"

func homeOf(w where) transcript.Hop {
	login := transcript.Hop{
		URL: site + "/login", Status: 200, Title: "Log in", Blocks: []string{"Log in", "E-mail"},
		Forms: []transcript.PageForm{{Method: "post", Action: site + "/login", Fields: []string{"email:email", "password:password"}}},
	}
	switch w {
	case inside:
		return transcript.Hop{
			URL: site + "/home", Status: 200, Title: "Home", Blocks: []string{"Your workspace", "Launch team"},
			Links: []string{site + "/pages", site + "/teams", site + "/settings"}, // a gate leads nowhere
		}
	case gate:
		return transcript.Hop{URL: site + "/home", Status: 403, Title: "No access", Blocks: []string{"Not a member"}}
	case locked:
		login.Blocks = append(login.Blocks, "Your account has been locked")
	case busy:
		return transcript.Hop{URL: site + "/home", Status: 503}
	case outside:
	}
	return login
}

func login(person string, w where, attributes ...string) transcript.Step {
	home := homeOf(w)
	s := transcript.Step{Name: "login", Do: "log in", Person: person, Login: []transcript.Hop{
		{Method: "POST", URL: site + "/saml/acs", Status: 303, Posted: []string{"SAMLResponse"}}, home,
	}}
	if person != "" {
		s.Sent = &transcript.Message{XML: "<Response><Assertion ID='x'/></Response>", Attributes: attributes}
	}
	for _, name := range []string{"own", "home", "own-again"} {
		s.Visits = append(s.Visits, transcript.Visit{Name: name, Hops: []transcript.Hop{{URL: site + "/home", Status: 303}, home}})
	}
	return s
}

// played is the whole experiment, as the given trials went.
func played(went map[string]where) *samlcheck.Case {
	rec := transcript.Record{People: []transcript.Person{{Ref: "known", Email: "alice@acme.example"}, {Ref: "fresh-1", Email: "qovex@acme.example"}}}
	c := &samlcheck.Case{Runs: map[string]transcript.Run{}}
	for i, t := range experiment() {
		w, ok := went[t.Name]
		var s transcript.Step
		switch {
		case string(t.Part) == oracle.PartAdministration:
			continue
		case string(t.Part) == oracle.PartStranger:
			s = login("", outside)
			s.Login = nil
		case ok && string(t.Part) == oracle.PartNewcomer:
			s = login("fresh-1", w, "email", "groups=staff")
		case ok:
			s = login("known", w, "email")
		default:
			s = login("known", outside, "email")
		}
		if t.Name == oracle.TrialFresh2Plain {
			s.Sent.Attributes = []string{"email"}
		}
		s.Took = int64(i)
		run := transcript.Run{ID: "okta/" + t.Name, Seq: i, Trial: t.Name, Part: string(t.Part), Steps: []transcript.Step{s}}
		rec.Runs = append(rec.Runs, run)
		c.Runs[t.Name] = run
	}
	c.All, c.Model = rec.Runs, oracle.Learn(rec)
	return c
}

func everyone(known, newcomer where, but ...map[string]where) map[string]where {
	m := map[string]where{
		oracle.TrialKnown1: known, oracle.TrialKnown2: known, oracle.TrialKnown3: known, oracle.TrialKnownPlain: known,
		oracle.TrialFresh1: newcomer, oracle.TrialFresh1Again: newcomer, oracle.TrialFresh2Plain: newcomer,
	}
	for _, b := range but {
		for k, v := range b {
			m[k] = v
		}
	}
	return m
}

func TestJudges(t *testing.T) {
	t.Parallel()
	const pass, fail, unclear = samlcheck.Pass, samlcheck.Fail, samlcheck.Inconclusive
	type m = map[string]where
	for _, c := range []struct {
		name                      string
		went                      m
		jit, known, second, plain samlcheck.Outcome
		says                      string
	}{
		{"jit on", everyone(inside, inside), pass, pass, pass, pass, "admitted (observed)"},
		{"jit off", everyone(inside, outside), pass, pass, pass, pass, "shut (observed)"},
		{"gate", everyone(inside, gate), pass, pass, pass, pass, "not-admitted (observed)"},
		{"late", everyone(inside, inside, m{oracle.TrialFresh1: outside}), pass, pass, fail, pass, "late (observed)"},
		{"needs more", everyone(inside, inside, m{oracle.TrialFresh2Plain: outside}), pass, pass, pass, fail, "admitted (observed)"},
		{"known needs more", everyone(inside, inside, m{oracle.TrialKnownPlain: outside}), pass, pass, pass, fail, "admitted (observed)"},
		{"forged gets in", everyone(inside, inside, m{oracle.TrialSpoiltKey1: inside}), unclear, pass, pass, pass, "a forged login got in"},
		{"known locked", everyone(locked, outside), unclear, fail, unclear, unclear, "ndecided"},
		{"known like a stranger", everyone(outside, outside), unclear, unclear, unclear, unclear, "ndecided"},
		{"busy in the end", everyone(inside, outside, m{oracle.TrialKnown3: busy, oracle.TrialFresh1: inside}), unclear, pass, unclear, unclear, "did not land as before"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			k := played(c.went)
			for _, j := range []struct {
				check samlcheck.Check
				want  samlcheck.Outcome
			}{{jitOnFirstLogin, c.jit}, {knownMemberSignsIn, c.known}, {secondLoginSame, c.second}, {plainAttributesEnough, c.plain}} {
				v := j.check.Judge(k)
				assert.Equal(t, j.want, v.Outcome(samlcheck.Must), "%s: %s", j.check.ID, v.Because)
				assert.NotEmpty(t, v.Because, j.check.ID)
				assert.NotEmpty(t, v.Evidence, j.check.ID)
			}
			assert.Contains(t, jitOnFirstLogin.Judge(k).Because, c.says)
		})
	}
}

// A judge that is given nothing says so.
func TestJudgesOfNothing(t *testing.T) {
	t.Parallel()
	for _, k := range []*samlcheck.Case{{}, {Model: oracle.Learn(transcript.Record{})}} {
		for _, c := range Checks {
			assert.Equal(t, samlcheck.Inconclusive, c.Judge(k).Outcome(samlcheck.Must), c.ID)
		}
	}
}
