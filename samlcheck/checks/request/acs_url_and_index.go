package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var acsUrlAndIndex = samlcheck.Check{
	ID:    "request/acs-url-and-index",
	Title: "The request names its ACS by URL or by index, not by both.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.4.1")},
	Remedy: "Ask the vendor to correct it. The standard forbids both at once, and identity providers differ " +
		"in which one they follow.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.ACSIndex != "" && (r.ACSURL != "" || r.ProtocolBinding != "") {
			return samlcheck.Violated("AssertionConsumerServiceIndex stands beside AssertionConsumerServiceURL or ProtocolBinding").
				At(r.root("AssertionConsumerServiceIndex=" + r.ACSIndex))
		}
		return samlcheck.Holds("the ACS is named in one way at most")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/acs-url-and-index.xml"},
}
