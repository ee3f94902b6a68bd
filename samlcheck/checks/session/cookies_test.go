package session

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/transcript"
)

func TestGivenKeepsTheLastOfEachName(t *testing.T) {
	t.Parallel()
	s := transcript.Step{
		Login: []transcript.Hop{
			{URL: "https://idp.example/sso", AtIdP: true, Cookies: []transcript.Cookie{{Name: "sid"}}},
			{URL: "https://sp.example/acs", Cookies: []transcript.Cookie{{Name: "session"}, {Name: "state", Deleted: true}}},
		},
		Visits: []transcript.Visit{{Hops: []transcript.Hop{
			{URL: "http://sp.example/home", Cookies: []transcript.Cookie{{Name: "session", HTTPOnly: true}, {Name: "theme"}}},
		}}},
	}
	got := given(s)
	assert.Equal(t, []set{
		{transcript.Cookie{Name: "session", HTTPOnly: true}, false},
		{transcript.Cookie{Name: "theme"}, false},
	}, got)
}

func TestLacks(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]set{
		"":                       {transcript.Cookie{HTTPOnly: true, Secure: true, SameSite: "None"}, true},
		"no HttpOnly":            {transcript.Cookie{Secure: true}, true},
		"no Secure":              {transcript.Cookie{HTTPOnly: true, SameSite: "Lax"}, true},
		"no HttpOnly, no Secure": {transcript.Cookie{}, true},
		"SameSite=None without Secure, which browsers drop": {transcript.Cookie{HTTPOnly: true, SameSite: "None"}, false},
	} {
		assert.Equal(t, want, s.lacks())
	}
	assert.Empty(t, set{transcript.Cookie{Name: "XSRF-TOKEN", Secure: true}, true}.lacks(), "scripts must read it, and it is no session")
	assert.Empty(t, set{transcript.Cookie{HTTPOnly: true}, false}.lacks(), "plain http cannot have Secure")
}
