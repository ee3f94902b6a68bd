package storm

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/target"
)

func at(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	require.NoError(t, err)
	return u
}

func TestConsent(t *testing.T) {
	t.Parallel()
	good := Load{Logins: 100, Rate: 20, Ramp: time.Second, Workers: 8}
	with := func(change func(*Load)) Load {
		l := good
		change(&l)
		return l
	}
	const here, there = "http://127.0.0.1:8080", "https://sp.example"
	people := "people: {known: {email: a@b.example}, fresh: {domain: b.example}}\n"
	for name, c := range map[string]struct {
		load     Load
		at, yaml string
		words    string // "" where it may be sent
		hint     string
	}{
		"allowed":                 {good, there, people + "allow: [load]", "", ""},
		"not allowed there":       {good, there, people + "allow: [accounts, forgery]", "does not allow load at sp.example", "add `load`"},
		"nor here without a word": {good, here, people, "does not allow load at 127.0.0.1:8080", "add `load`"},
		"new people":              {with(func(l *Load) { l.Fresh = true }), there, people + "allow: [load]", "up to 100 accounts at sp.example", "add `accounts`"},
		"new people, allowed":     {with(func(l *Load) { l.Fresh = true }), there, people + "allow: [load, accounts]", "", ""},
		"no member":               {good, there, "people: {fresh: {domain: b.example}}\nallow: [load]", "names no member", "known:"},
		"too fast":                {with(func(l *Load) { l.Rate = 51 }), there, people + "allow: [load]", "more than the ceiling of 50/s for sp.example", "--ceiling 51/s"},
		"fast, by name":           {with(func(l *Load) { l.Rate, l.Ceiling = 51, 60 }), there, people + "allow: [load]", "", ""},
		"fast, here":              {with(func(l *Load) { l.Rate = 900 }), here, people + "allow: [load]", "", ""},
		"too fast, even here":     {with(func(l *Load) { l.Rate = 1001 }), here, people + "allow: [load]", "ceiling of 1000/s", ""},
		"none":                    {with(func(l *Load) { l.Logins = 0 }), here, people + "allow: [load]", "0 logins", ""},
		"no rate":                 {with(func(l *Load) { l.Rate = 0 }), here, people + "allow: [load]", "above 0", ""},
		"no workers":              {with(func(l *Load) { l.Workers = 0 }), here, people + "allow: [load]", "at least one", ""},
		"back in time":            {with(func(l *Load) { l.Ramp = -1 }), here, people + "allow: [load]", "a ramp of", ""},
		"sample backwards":        {with(func(l *Load) { l.Sample = -1 }), here, people + "allow: [load]", "--sample -1", ""},
		"ceiling below nothing":   {with(func(l *Load) { l.Ceiling = -1 }), here, people + "allow: [load]", "a ceiling of -1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tg, err := target.Parse("t.yaml", []byte("sp: {entity_id: x, acs: "+c.at+"/acs}\n"+c.yaml), nil)
			require.NoError(t, err)
			err = c.load.Allowed(tg)
			if c.words == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.words)
			var h interface{ Hint() string }
			require.ErrorAs(t, err, &h)
			assert.Contains(t, h.Hint(), c.hint)
		})
	}
}
