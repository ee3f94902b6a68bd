package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var refusedByEntra = samlcheck.Check{
	ID:     "request/refused-by-entra",
	Title:  "The request has nothing in it that Entra refuses.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Entra.At("Subject"), cite.EntraErrors.At("AADSTS900236")},
	Remedy: "Ask the vendor to leave it out: Entra refuses the request (AADSTS900236).",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		var bad []transcript.Ref
		if r.Subject != nil {
			bad = append(bad, r.at(r.Subject, "Subject"))
		}
		if s := r.Scoping; s != nil {
			if _, ok := message.Attr(s, "ProxyCount"); ok {
				bad = append(bad, r.at(s, "ProxyCount"))
			}
			for _, name := range []string{"IDPList", "RequesterID"} {
				if e := message.Child(s, message.NSProtocol, name); e != nil {
					bad = append(bad, r.at(e, name))
				}
			}
		}
		return expect.None(bad, "the request has neither Subject nor proxying demands", "Entra refuses these")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/refused-by-entra.xml"},
}
