package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/transcript"
)

func made(rec transcript.Record) map[string]string {
	out := map[string]string{}
	for _, a := range Learn(rec).Made() {
		out[a.Address] = a.Ref + " " + a.Why
	}
	return out
}

func TestMadeSaysWhy(t *testing.T) {
	t.Parallel()
	got := made(scene{jit: "create"}.play(experiment))
	assert.Equal(t, map[string]string{
		"pelko@acme.example": "fresh-late was invited (okta/015)",
		"qovex@acme.example": "fresh-1 a response for this address was posted (okta/008)",
		"zumir@acme.example": "fresh-2 a response for this address was posted (okta/010)",
	}, got)
}

// A service provider that ignores the audience makes an account for whom the
// control named: it is found, and the known member is never one to be removed.
func TestMadeNamesWhomAControlMade(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "create", uninvited: true}.play(experiment)
	last := rec.Runs[len(rec.Runs)-1].Steps[0].Members
	require.NotNil(t, last)
	last.Entries["known"] = 1
	got := made(rec)
	assert.Contains(t, got["alice@acme.example"], "known the known member was not listed before the logins, is now")
	assert.NotContains(t, Learn(rec).JIT().Accounts, "alice@acme.example")
	rec.Runs[0].Steps[0].Members.Entries["known"] = 1
	assert.NotContains(t, made(rec), "alice@acme.example", "he was there before")
}

func TestMadeReadsForgedNames(t *testing.T) {
	t.Parallel()
	rec := transcript.Record{People: people(), Runs: []transcript.Run{{ID: "okta/007", Trial: "x", Steps: []transcript.Step{{
		Person: "fresh-1",
		Sent:   &transcript.Message{XML: "<Response><Assertion ID='x'><NameID>alice@acme.exampleing.example</NameID></Assertion></Response>"},
	}}}}}
	got := made(rec)
	assert.Equal(t, " a forged response named this address (okta/007)", got["alice@acme.exampleing.example"])
	assert.Contains(t, got, "qovex@acme.example")
	assert.NotContains(t, got, "alice@acme.example", "the known member was there before the run")
}
