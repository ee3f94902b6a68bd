package measure

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

const (
	early = "early"
	late  = "late"
)

// earlyRungs: an assertion that is valid in so long only. What is taken shows
// how far the service's clock may be behind the identity provider's.
func earlyRungs() []rung {
	return clock(func(d time.Duration) forge.Mutation { return forge.ValidFrom(d) })
}

// lateRungs: an assertion that ended so long ago.
func lateRungs() []rung {
	return clock(func(d time.Duration) forge.Mutation { return forge.ValidUntil(d) })
}

func clock(m func(time.Duration) forge.Mutation) []rung {
	var out []rung
	for _, d := range skews() {
		out = append(out, rung{d.String(), trial.Login{Forge: []forge.Mutation{m(d)}}})
	}
	return out
}

const clockRemedy = "Keep the clocks of both sides with NTP. If the identity provider's clock is ahead by more than this, logins fail at " +
	"random as \"not yet valid\": ask the vendor for a tolerance of some minutes."

var clockEarly = samlcheck.Check{
	ID:     "measure/clock-early",
	Title:  "It is known how far the identity provider's clock may be ahead.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("1.3.3"), cite.Kantara.At("IIP-G01")},
	Remedy: clockRemedy,
	Trials: climb(early, earlyRungs()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		return number(c, early, "an assertion is taken before it is valid by", earlyRungs())
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-skew-ahead"},
}

var clockLate = samlcheck.Check{
	ID:     "measure/clock-late",
	Title:  "It is known how far the identity provider's clock may be behind.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("1.3.3"), cite.Kantara.At("IIP-G01")},
	Remedy: clockRemedy,
	Trials: climb(late, lateRungs()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		return number(c, late, "an assertion is taken after its end by", lateRungs())
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-skew-behind"},
}

// generous is more tolerance than any honest difference of clocks needs.
const generous = 10 * time.Minute

var clockLoose = samlcheck.Check{
	ID:    "measure/clock-loose",
	Title: "An assertion is not taken long after its end.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("2.5.1.2"), cite.Kantara.At("IIP-G01"), cite.Profiles.At("4.1.4.3")},
	Remedy: "A stolen response stays useful for longer than the identity provider meant: ask the vendor for a tolerance of five " +
		"minutes or less.",
	Trials: climb(late, lateRungs()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		r := climbed(c, late, lateRungs())
		switch {
		case r.odd != nil:
			return *r.odd
		case r.taken >= 0 && skews()[r.taken] > generous:
			return samlcheck.Violated("an assertion is taken %s after its end", skews()[r.taken]).At(r.at...)
		case r.refused < 0 && r.taken < len(skews())-1:
			return samlcheck.Undecided("the climb was not finished")
		}
		return samlcheck.Holds("an assertion is taken at most %s after its end", skews()[max(r.taken, 0)]).At(r.at...)
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:expiry"},
}
