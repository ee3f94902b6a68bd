package surface

import (
	"maps"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var rateLimitHeaders = samlcheck.Check{
	ID:    "surface/rate-limit-headers",
	Title: "Answers say how many requests are allowed.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.HTTPStatus.At("4"), cite.HTTP.At("10.2.3")},
	Remedy: "Ask the vendor for the limits before the roll-out: on the first morning everybody signs in within an hour, " +
		"and an app that locks people out then does not say so beforehand.",
	Trials: []trial.Trial{trial.AskSurface()},
	Judge:  judgeLimits,
	Proof:  samlcheck.Proof{Holds: "surface:rate-limit", Violated: "stand-in"},
}

func judgeLimits(c *samlcheck.Case) samlcheck.Verdict {
	p, why := read(c)
	if why != nil {
		return *why
	}
	answers := 0
	for _, h := range p.run.Last().Surface {
		if h.Status != 0 {
			answers++
		}
		if said := limitsIn(h); said != "" {
			ref := transcript.Ref{In: p.run.ID + "#" + p.run.Last().Name, Excerpt: expect.Excerpt(h.URL + ": " + said)}
			return samlcheck.Holds("answers name a limit: %s (%s)", said, p.day()).At(ref)
		}
	}
	if answers == 0 {
		return samlcheck.Undecided("no place answered on %s%s", p.day(), p.slowed())
	}
	return samlcheck.Violated("none of %d answers on %s named a limit: no RateLimit, X-RateLimit or Retry-After header", answers, p.day())
}

func limitsIn(h transcript.Hop) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(h.Headers)) {
		if strings.Contains(strings.ReplaceAll(name, "-", ""), "ratelimit") {
			out = append(out, name+": "+h.Headers[name])
		}
	}
	if h.RetryAfter != "" {
		out = append(out, "retry-after: "+h.RetryAfter)
	}
	return strings.Join(out, ", ")
}
