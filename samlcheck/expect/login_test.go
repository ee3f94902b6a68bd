package expect_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const site = "https://sp.example"

// where is what a login led to, in the words of the cases below.
type where string

const (
	in       where = "home, named"
	inSigner where = "home, named as the signer"
	inNobody where = "home, no name"
	out      where = "login page"
	crash    where = "500, then the login page"
	gate     where = "gate behind a session"
	silent   where = "no answer"
	unsent   where = "the IdP refused"
	faulty   where = "the harness failed"
	clean    where = "home, but the response was not changed"
)

func hop(path string, status int, blocks ...string) transcript.Hop {
	return transcript.Hop{Method: "GET", URL: site + path, Status: status, Title: "Pages", Blocks: blocks}
}

func loginPage() transcript.Hop {
	h := hop("/login", 200, "Log in to continue")
	h.Links = []string{site + "/login/sso"}
	return h
}

func home(name string) transcript.Hop {
	h := hop("/home", 200, "Your workspace", "Roadmap for autumn", "Holiday calendar", name)
	h.Links = []string{site + "/logout", site + "/teams", site + "/files"}
	return h
}

func at(w where) transcript.Hop {
	switch w {
	case in, clean:
		return home("Welcome Alice Archer")
	case inSigner:
		return home("Welcome Wanda Brill")
	case inNobody:
		return home("Welcome")
	case gate:
		h := hop("/home", 403, "You are no member of this workspace")
		h.Links = []string{site + "/logout"}
		return h
	case out, crash, silent, unsent, faulty:
	}
	return loginPage()
}

func step(w where, person string, changed ...string) transcript.Step {
	s := transcript.Step{Name: "login", Person: person, Do: string(w), Sent: &transcript.Message{Changed: changed}}
	acs := transcript.Hop{Method: "POST", URL: site + "/acs", Status: 303, Posted: []string{"SAMLResponse"}}
	switch w {
	case crash:
		acs.Status = 500
	case silent:
		acs.Status, acs.Error = 0, "connection reset"
		s.Login = []transcript.Hop{acs}
		return s
	case unsent:
		s.Sent = nil
		s.Login = []transcript.Hop{{URL: "https://idp.example/sso", AtIdP: true, Status: 403}}
		return s
	case faulty:
		s.Fault = "forge: no Audience to change"
		return s
	case clean:
		s.Sent.Changed = nil
	case in, inSigner, inNobody, out, gate:
	}
	s.Login = []transcript.Hop{acs}
	if w != crash {
		s.Login = append(s.Login, at(w))
	}
	for _, v := range []string{"own", "home", "own-again"} {
		hops := []transcript.Hop{at(w)}
		if hops[0].URL != site+"/home" {
			hops = append([]transcript.Hop{{Method: "GET", URL: site + "/home", Status: 303}}, hops...)
		}
		s.Visits = append(s.Visits, transcript.Visit{Name: v, Hops: hops})
	}
	return s
}

// kase is a run of a sound service provider's controls, with the given trials
// as a check's own.
func kase(trials map[string]transcript.Run) *samlcheck.Case {
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	rec := transcript.Record{Face: "okta", People: []transcript.Person{
		{Ref: "known", NameID: "alice@acme.example", Email: "alice@acme.example", DisplayName: "Alice Archer"},
		{Ref: "fresh-1", NameID: "qovex@acme.example", Email: "qovex@acme.example", DisplayName: "Wanda Brill"},
	}}
	look := step(out, "")
	look.Login, look.Sent = nil, nil
	add := func(name string, part trial.Part, s ...transcript.Step) {
		for i := range s {
			s[i].Began = now
			now = now.Add(time.Second)
		}
		rec.Runs = append(rec.Runs, transcript.Run{ID: "okta/" + name, Seq: len(rec.Runs), Trial: name, Part: string(part), Steps: s})
	}
	add("known-1", trial.KnownIn, step(in, "known"))
	add("stranger-1", trial.StrangerOut, look)
	add("denied", trial.DeniedOut, step(out, "known"))
	add("known-2", trial.KnownIn, step(in, "known"))
	c := &samlcheck.Case{Runs: map[string]transcript.Run{}}
	for _, r := range rec.Runs {
		c.Runs[r.Trial] = r
	}
	for name, r := range trials {
		r.ID, r.Trial, r.Seq, r.Part = "okta/"+name, name, len(rec.Runs), string(trial.Question)
		rec.Runs = append(rec.Runs, r)
		c.Runs[name] = r
	}
	c.All, c.Model = rec.Runs, oracle.Learn(rec)
	return c
}

func run(s ...transcript.Step) transcript.Run { return transcript.Run{Steps: s} }

func TestRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		landed where
		want   samlcheck.Outcome
		says   string
	}{
		{out, samlcheck.Pass, "was refused"},
		{crash, samlcheck.Pass, "it answered 500"},
		{in, samlcheck.Fail, "accepted, as the known member"},
		{inNobody, samlcheck.Fail, "as whom could not be seen"},
		{gate, samlcheck.Inconclusive, "session"},
		{silent, samlcheck.Inconclusive, "connection reset"},
		{unsent, samlcheck.Inconclusive, "no response was sent"},
		{faulty, samlcheck.Inconclusive, "no Audience to change"},
		{clean, samlcheck.Inconclusive, "sent unchanged"},
	} {
		t.Run(string(tt.landed), func(t *testing.T) {
			t.Parallel()
			v := expect.Refused(kase(map[string]transcript.Run{"spoilt": run(step(tt.landed, "known", "audience x"))}))
			assert.Equal(t, tt.want, v.Outcome(samlcheck.Must), v.Because)
			assert.Contains(t, v.Because, tt.says)
			assert.Equal(t, "okta/spoilt#login", v.Evidence[0].In)
		})
	}
	v := expect.Refused(kase(nil))
	assert.Equal(t, samlcheck.Inconclusive, v.Outcome(samlcheck.Must), "a trial that was not performed")
}

func TestRefusedAgain(t *testing.T) {
	t.Parallel()
	judge := expect.RefusedAgain("replay", "login")
	again := func(w where) transcript.Step {
		s := step(w, "")
		s.Name = "again"
		return s
	}
	for _, tt := range []struct {
		first, second where
		want          samlcheck.Outcome
	}{
		{in, out, samlcheck.Pass},
		{in, in, samlcheck.Fail},
		{out, out, samlcheck.Skipped}, // it was never good
		{gate, out, samlcheck.Inconclusive},
		{in, gate, samlcheck.Inconclusive},
		{in, faulty, samlcheck.Inconclusive},
	} {
		v := judge(kase(map[string]transcript.Run{"replay": run(step(tt.first, "known"), again(tt.second))}))
		assert.Equal(t, tt.want, v.Outcome(samlcheck.Must), "%s then %s: %s", tt.first, tt.second, v.Because)
	}
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	for w, want := range map[where]samlcheck.Outcome{
		in: samlcheck.Pass, out: samlcheck.Warn, crash: samlcheck.Warn, gate: samlcheck.Inconclusive,
		silent: samlcheck.Inconclusive, unsent: samlcheck.Inconclusive, faulty: samlcheck.Inconclusive,
	} {
		v := expect.Accepted("unusual")(kase(map[string]transcript.Run{"unusual": run(step(w, "known"))}))
		assert.Equal(t, want, v.Outcome(samlcheck.Should), "%s: %s", w, v.Because)
	}
}

func TestRefusedOrSigner(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wrapped, signer, shape where
		want                   samlcheck.Outcome
		says                   string
	}{
		"refused":                      {out, out, in, samlcheck.Pass, "was refused"},
		"the victim is in":             {in, out, in, samlcheck.Fail, "forged person"},
		"the victim is in, with JIT":   {in, inSigner, in, samlcheck.Fail, "forged person"},
		"the signer is in":             {inSigner, inSigner, in, samlcheck.Pass, "really signed for"},
		"somebody, signer shut out":    {inNobody, out, in, samlcheck.Fail, "cannot be the person"},
		"somebody, signer may come in": {inNobody, inNobody, in, samlcheck.Inconclusive, "as whom could not be seen"},
		"somebody, signer unknown":     {inNobody, faulty, in, samlcheck.Inconclusive, "as whom could not be seen"},
		"gated like the signer":        {gate, gate, in, samlcheck.Pass, "as without the forged part"},
		"gated unlike the signer":      {gate, out, in, samlcheck.Inconclusive, "session"},
		"the shape is never accepted":  {out, out, out, samlcheck.Skipped, "prove nothing"},
		"the shape was not tried":      {out, out, faulty, samlcheck.Inconclusive, "not known"},
		"not forged":                   {clean, out, in, samlcheck.Inconclusive, "unchanged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := expect.RefusedOrSigner("shape")(kase(map[string]transcript.Run{
				"spoilt": run(step(tt.wrapped, "fresh-1", "wrapped")), expect.Signer: run(step(tt.signer, "fresh-1")),
				"shape": run(step(tt.shape, "known")),
			}))
			assert.Equal(t, tt.want, v.Outcome(samlcheck.Must), v.Because)
			assert.Contains(t, v.Because, tt.says)
		})
	}
}

func TestSameAsLonger(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		comment, plain where
		want           samlcheck.Outcome
	}{
		"both refused":                    {out, out, samlcheck.Pass},
		"let in only with the comment":    {inNobody, out, samlcheck.Fail},
		"the victim is in":                {in, inNobody, samlcheck.Fail},
		"both in, neither is the victim":  {inNobody, inNobody, samlcheck.Pass},
		"both in, known by an attribute":  {inSigner, inSigner, samlcheck.Pass},
		"both gated":                      {gate, gate, samlcheck.Pass},
		"in with it, gated without":       {inNobody, gate, samlcheck.Inconclusive},
		"the victim with it, a gate else": {in, gate, samlcheck.Fail},
		"the victim either way":           {in, in, samlcheck.Inconclusive},
		"in with it, nothing to compare":  {inNobody, faulty, samlcheck.Inconclusive},
		"refused, so nothing to compare":  {out, faulty, samlcheck.Pass},
		"the response was sent unchanged": {clean, out, samlcheck.Inconclusive},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := expect.SameAsLonger(kase(map[string]transcript.Run{
				"spoilt": run(step(tt.comment, "fresh-1", "comment")), expect.Longer: run(step(tt.plain, "fresh-1", "longer")),
			}))
			assert.Equal(t, tt.want, v.Outcome(samlcheck.Must), v.Because)
		})
	}
}

func TestRefusedLike(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		shape, spoilt where
		want          samlcheck.Outcome
	}{
		{in, out, samlcheck.Pass}, {in, in, samlcheck.Fail}, {out, out, samlcheck.Skipped}, {gate, out, samlcheck.Inconclusive},
	} {
		v := expect.RefusedLike("shape")(kase(map[string]transcript.Run{
			"shape": run(step(tt.shape, "known")), "spoilt": run(step(tt.spoilt, "known", "x")),
		}))
		assert.Equal(t, tt.want, v.Outcome(samlcheck.Must), v.Because)
	}
}

// TestLeaning: weak evidence never becomes a verdict.
func TestLeaning(t *testing.T) {
	t.Parallel()
	s := step(in, "known", "audience x")
	for i := range s.Visits {
		h := &s.Visits[i].Hops[0]
		h.Blocks = append(h.Blocks, "A quite different gate text that nobody has seen")
	}
	v := expect.Refused(kase(map[string]transcript.Run{"spoilt": run(s)}))
	assert.Equal(t, samlcheck.Inconclusive, v.Outcome(samlcheck.Must))
	assert.Contains(t, v.Because, "leaning towards \"accepted\"")
}
