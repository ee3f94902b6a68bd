package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var protocolBindingOdd = samlcheck.Check{
	ID:     "request/protocol-binding-odd",
	Title:  "The request asks for its response by HTTP-POST.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("3.4.1"), cite.EntraErrors.At("AADSTS75003")},
	Remedy: "Ask the vendor to correct it. Okta and Entra answer by HTTP-POST only (Entra: AADSTS75003).",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.ProtocolBinding != "" && r.ProtocolBinding != message.POST {
			return samlcheck.Violated("ProtocolBinding is %s", expect.Excerpt(r.ProtocolBinding)).At(r.root("ProtocolBinding=" + r.ProtocolBinding))
		}
		return samlcheck.Holds("the response may come by HTTP-POST")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/protocol-binding-odd.xml"},
}
