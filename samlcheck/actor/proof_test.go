package actor

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

func TestProve(t *testing.T) {
	t.Parallel()
	alice, one := idp.Person{Email: "alice@acme.example"}, idp.Person{Email: "samlcheck-7f3a-1@acme.example"}
	page := func(status int, blocks ...string) transcript.Hop {
		return transcript.Hop{URL: "https://sp.example/me", Status: status, Title: "Me", Blocks: blocks}
	}
	for name, c := range map[string]struct {
		proof target.Proof
		who   idp.Person
		hop   transcript.Hop
		want  bool
	}{
		"as wanted":                       {target.Proof{Status: 200, Contains: "{{email}}"}, one, page(200, "user.email: Samlcheck-7F3A-1@acme.example"), true},
		"somebody else's":                 {target.Proof{Status: 200, Contains: "{{email}}"}, one, page(200, "user.email: alice@acme.example"), false},
		"an echo in a refusal":            {target.Proof{Contains: "{{email}}"}, one, page(403, "samlcheck-7f3a-1@acme.example is no member"), false},
		"another status":                  {target.Proof{Status: 200}, one, page(204), false},
		"status alone":                    {target.Proof{Status: 204}, one, page(204), true},
		"text over two lines":             {target.Proof{Contains: "Signed in as\n  {{email}}"}, alice, page(200, "Signed in as alice@acme.example"), true},
		"the known member, to a stranger": {target.Proof{Contains: "{{email}}"}, idp.Person{}, page(200, "alice@acme.example"), true},
		"no answer":                       {target.Proof{Status: 0, Contains: "x"}, one, transcript.Hop{Error: "no answer within 20s", Blocks: []string{"x"}}, false},
		"at the identity provider":        {target.Proof{Contains: "x"}, one, transcript.Hop{AtIdP: true, Status: 200, Blocks: []string{"x"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &Stage{Target: &target.Target{Session: target.Session{Proof: &c.proof}}, People: map[trial.Person]idp.Person{trial.Known: alice}}
			visits := []transcript.Visit{{Name: "home", Hops: []transcript.Hop{c.hop}}, {Name: "proof", Hops: []transcript.Hop{c.hop}}}
			s.prove(visits, c.who)
			assert.Nil(t, visits[0].Proved)
			require.NotNil(t, visits[1].Proved)
			assert.Equal(t, c.want, *visits[1].Proved)
		})
	}
}
