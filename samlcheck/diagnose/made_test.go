package diagnose_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/diagnose"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

func violated(id, because string) samlcheck.Finding {
	return samlcheck.Finding{Check: id, Answer: samlcheck.AnswerViolated, Because: because}
}

func asked(v oracle.Verdict, c oracle.Confidence) *oracle.JIT {
	return &oracle.JIT{Verdict: v, Confidence: c}
}

// Findings that are made up, each beside those that lack just what the row rests
// on: a near miss such as a leaning is nothing that the stand-in can be told to show.
func TestMadeUpFindings(t *testing.T) {
	t.Parallel()
	known := violated("provisioning/known-member-signs-in", "the known member is not let in, twice")
	invited := violated("account/invited-not-found", "the invited member lands out: refused")
	twice := violated("account/invited-not-found", "the invited member gets in, and has 2 accounts now")
	old := violated("idpmetadata/valid-until-past", "it ended on 2026-10-30")
	undecided := old
	undecided.Answer = samlcheck.AnswerUndecided
	for name, c := range map[string]struct {
		row        string
		sick, well diagnose.Input
	}{
		"existing": {"D22",
			diagnose.Input{Findings: []samlcheck.Finding{known}, JIT: asked(oracle.VerdictAccepted, oracle.Observed)},
			diagnose.Input{Findings: []samlcheck.Finding{known}, JIT: asked(oracle.Shut, oracle.Observed)}},
		"invitation": {"D30",
			diagnose.Input{Findings: []samlcheck.Finding{invited}, JIT: asked(oracle.Created, oracle.Confirmed)},
			diagnose.Input{Findings: []samlcheck.Finding{invited}, JIT: asked(oracle.Created, oracle.Leaning)}},
		"two accounts": {"D23",
			diagnose.Input{Findings: []samlcheck.Finding{twice}, JIT: asked(oracle.Created, oracle.Confirmed)},
			diagnose.Input{Findings: []samlcheck.Finding{invited}, JIT: asked(oracle.Created, oracle.Confirmed)}},
		"file": {"D36", diagnose.Input{Findings: []samlcheck.Finding{old}}, diagnose.Input{Findings: []samlcheck.Finding{undecided}}},
		"late": {"D21", diagnose.Input{JIT: asked(oracle.Late, oracle.Confirmed)}, diagnose.Input{JIT: asked(oracle.Late, oracle.Leaning)}},
		"waiting": {"D21", diagnose.Input{JIT: asked(oracle.CreatedWaiting, oracle.Confirmed)},
			diagnose.Input{JIT: asked(oracle.Created, oracle.Confirmed)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, ok := row(diagnose.Of(c.sick), c.row)
			assert.True(t, ok, "%+v", diagnose.Of(c.sick))
			_, ok = row(diagnose.Of(c.well), c.row)
			assert.False(t, ok, "%+v", diagnose.Of(c.well))
		})
	}
}

// Nothing at all is no diagnosis, and no null in report.json.
func TestNothingSaysNothing(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []report.Diagnosis{}, diagnose.Of(diagnose.Input{}))
}

// A member whose response is answered by an error was turned out, each time. That
// there were too many logins, or that the service was down, says nothing of him.
func TestWhatTurnsAMemberOut(t *testing.T) {
	t.Parallel()
	logins := func(statuses ...int) diagnose.Input {
		in := diagnose.Input{Record: transcript.Record{Face: "okta", Browser: "plain"}, JIT: asked(oracle.Created, oracle.Confirmed)}
		for i, status := range statuses {
			in.Record.Runs = append(in.Record.Runs, transcript.Run{
				ID: "okta/00" + strconv.Itoa(i), Part: string(trial.KnownIn), Steps: []transcript.Step{{
					Name: "login", Sent: &transcript.Message{XML: "<Response/>", URL: "https://sp.example/acs"},
					Login: []transcript.Hop{{Method: "POST", URL: "https://sp.example/acs", Status: status, Posted: []string{"SAMLResponse"}}},
				}},
			})
		}
		return in
	}
	for _, c := range []struct {
		statuses []int
		want     bool
	}{{[]int{403, 403}, true}, {[]int{400, 401}, true}, {[]int{403}, false}, {[]int{403, 200}, false}, {[]int{429, 429}, false}, {[]int{403, 408}, false}, {[]int{503, 503}, false}} {
		_, ok := row(diagnose.Of(logins(c.statuses...)), "D22")
		assert.Equal(t, c.want, ok, c.statuses)
	}
}
