package request

import (
	"unicode/utf8"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var textLong = samlcheck.Check{
	ID:     "request/text-long",
	Title:  "No text of the request is longer than 256 characters.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-G02")},
	Remedy: "Identity providers need not keep longer texts. Ask the vendor for a shorter one.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		var bad []transcript.Ref
		for _, v := range []struct{ name, value string }{{"ID", r.ID}, {"ProviderName", r.ProviderName}} {
			if utf8.RuneCountInString(v.value) > 256 {
				bad = append(bad, r.root(v.name))
			}
		}
		return expect.None(bad, "ID and ProviderName are short enough", "longer than 256 characters")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/text-long.xml"},
}
