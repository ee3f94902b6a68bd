package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/transcript"
)

// taught is a model of a known member who showed these texts.
func taught(data bool, blocks ...string) *Model {
	v := view{json: data, blocks: blocks, keys: set{}}
	for _, b := range blocks {
		v.keys[blockKey(b)] = true
	}
	m := &Model{goods: []*seen{{pages: map[string]view{visitHome: v}}}, known: v.keys, bad: set{}}
	m.listen()
	return m
}

func TestNovel(t *testing.T) {
	t.Parallel()
	m := taught(false, "Signed in as {person} ({person} Example)", "Alex Kowalski {person}", "Hello Alex Kowalski",
		"You are not the only member", "Your account is no longer awaiting approval", "Nobody is awaiting approval",
		"No restrictions apply to {person}", "{person} has not been blocked")
	for block, novel := range map[string]bool{
		"Signed in as {person} ({person})":     false, // a name less
		"{person}":                             false, // only a name
		"Hello {person}":                       false, // the name that stands beside his address elsewhere
		"Hello {person} wait for approval":     true,
		"You are the only member":              true, // a word less that is no name
		"Your account is awaiting approval":    true,
		"{person} is awaiting approval":        true, // nobody is no name of his
		"Restrictions apply to {person}":       true,
		"{person} has been blocked":            true,
		"Your access is awaiting confirmation": true,
	} {
		assert.Equal(t, novel, len(m.novel(view{blocks: []string{block}}, &page{known: set{}}, true)) == 1, block)
	}
}

// A page may greet the known member by parts of his address or display name and
// nowhere by the whole: then the newcomer's own name is no news, and what he is
// told besides is.
func TestNovelByPartsOfTheName(t *testing.T) {
	t.Parallel()
	blocks := []string{"Welcome back, Alex Kowalski", "Nobody is awaiting approval", "Hi Alex"}
	for file, knows := range map[transcript.Person]bool{
		{Ref: refKnown, Email: "alex.kowalski@acme.example"}:                        true,
		{Ref: refKnown, Email: "ak@acme.example", DisplayName: "Dr. Alex Kowalski"}: true,
		{Ref: refKnown, Email: "ak@acme.example"}:                                   false,
		{Ref: "fresh-1", Email: "alex.kowalski@acme.example"}:                       false,
	} {
		m := taught(false, blocks...)
		m.record.People = []transcript.Person{file}
		m.listen()
		for block, novel := range map[string]bool{
			"Welcome back, {person}":                   !knows,
			"Hi {person}":                              !knows,
			"{person} is awaiting approval":            true,
			"Welcome back, {person} wait for approval": true,
		} {
			assert.Equal(t, novel, len(m.novel(view{blocks: []string{block}}, &page{known: set{}}, true)) == 1, "%s: %s", file.Email, block)
		}
	}
}

func TestNovelInData(t *testing.T) {
	t.Parallel()
	m := taught(true, "user.email: {person}", "user.name: Alex Kowalski", "user.verified: true", "user.plan: pro", "user.delegate: null")
	m.bad[blockKey("user.active: false")], m.bad[blockKey("user.verified: null")] = true, true
	for block, novel := range map[string]bool{
		"user.name: {person}":          false,
		"user.verified: false":         false, // the key is known
		"user.verified: null":          true,  // who is out has the same
		"user.blocked: false":          true,  // the key is not known
		"user.plan: awaiting approval": true,  // not a flag
		"user.plan: false":             true,  // the known member's is none
		"user.delegate: {person}":      true,  // where the known member has nobody
		"user.suspended: {person}":     true,
	} {
		assert.Equal(t, novel, len(m.novel(view{blocks: []string{block}, json: true}, &page{known: set{}}, true)) == 1, block)
	}
	flag := []string{"user.verified: false"}
	assert.Len(t, m.novel(view{blocks: flag}, &page{known: set{}}, true), 1, "a page that people read has no flags")
	assert.Len(t, m.novel(view{blocks: flag, json: true}, &page{known: set{}}, false), 1, "where nobody can read a page, a flag may be the gate")
}

// session adds a page of data to every step, as an application with a script
// in front of it has one.
func session(rec transcript.Record, of func(person string) (status int, blocks []string)) transcript.Record {
	for i := range rec.Runs {
		for j := range rec.Runs[i].Steps {
			s := &rec.Runs[i].Steps[j]
			if len(s.Visits) == 0 {
				continue
			}
			who := ""
			if home, ok := s.Visit(visitHome); ok && home.Rest().Title == "Home" {
				who = s.Person
			}
			status, blocks := of(who)
			at := site + "/api/session"
			s.Visits = append(s.Visits, transcript.Visit{Name: visitPage + at, Hops: []transcript.Hop{{
				Method: "GET", URL: at, Because: "start", Status: status, JSONKeys: []string{"user"}, Blocks: blocks,
			}}})
		}
	}
	return rec
}

// unnamed takes the names that only the service knows out of the target file.
func unnamed(rec transcript.Record) transcript.Record {
	for i, p := range rec.People {
		if p.Ref == refKnown {
			rec.People[i].DisplayName, rec.People[i].Surname, rec.People[i].GivenName = "", "", ""
		}
	}
	return rec
}

// A known member whose name the target file does not give, and a session page
// whose flags are others for a newcomer: a newcomer who is in is said to be in,
// and one behind a gate, however small, is not.
func TestUnknownNameAndFlags(t *testing.T) {
	t.Parallel()
	data := func(newcomer ...string) func(string) (int, []string) {
		return func(who string) (int, []string) {
			switch who {
			case "":
				return 200, []string{"session: null", "user.active: false"}
			case refKnown:
				return 200, []string{"user.email: alice@acme.example", "user.name: Alice Archer", "user.verified: true", "user.active: true"}
			}
			p := person(who)
			return 200, append([]string{"user.email: " + p.Email, "user.name: " + p.DisplayName}, newcomer...)
		}
	}
	for name, c := range map[string]struct {
		scene
		page func(string) (int, []string)
		want Verdict
	}{
		"in, with view":         {scene{jit: "create"}, data("user.verified: false", "user.active: true"), Created},
		"in, without":           {scene{jit: "create", noView: true}, data("user.verified: false", "user.active: true"), Admitted},
		"a new flag":            {scene{jit: "create", noView: true}, data("user.verified: false", "user.active: true", "user.pending: true"), VerdictUndecided},
		"a stranger's flag":     {scene{jit: "create", noView: true}, data("user.verified: false", "user.active: false"), VerdictUndecided},
		"a word, not a flag":    {scene{jit: "create", noView: true}, data("user.verified: waiting", "user.active: true"), VerdictUndecided},
		"nothing but the data":  {scene{jit: "create", quirks: []string{"script"}, noView: true}, data("user.verified: false", "user.active: true"), VerdictUndecided},
		"a gate on the page":    {scene{jit: "gate", quirks: []string{"small", "same-chrome", "bare-root"}, noView: true}, data("user.verified: false", "user.active: true"), VerdictUndecided},
		"refused, with a view":  {scene{jit: "off"}, data(), NotProvisioned},
		"waiting, with a view":  {scene{jit: "inactive"}, data(), CreatedWaiting},
		"asked to fill in more": {scene{jit: "form"}, data(), Asks},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := Learn(unnamed(session(c.play(experiment), c.page))).JIT()
			assert.Equal(t, c.want, j.Verdict, "%s\n%s", j.Leaning, j.Because)
		})
	}
}
