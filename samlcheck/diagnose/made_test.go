package diagnose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/diagnose"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
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
