package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var extensionUnqualified = samlcheck.Check{
	ID:    "request/extension-unqualified",
	Title: "Extensions are of a namespace that is not SAML's.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.2.1")},
	Remedy: "Ask the vendor to correct it; identity providers pass over what they do not know, if it is " +
		"well made.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		var bad []transcript.Ref
		if r.Extensions == nil {
			return samlcheck.NotApplicable("the request has no Extensions")
		}
		for _, e := range r.Extensions.ChildElements() {
			switch e.NamespaceURI() {
			case "", message.NSProtocol, message.NSAssertion, message.NSMetadata:
				bad = append(bad, r.at(e, e.Tag))
			}
		}
		return expect.None(bad, "every extension has a namespace of its own", "in no namespace, or in SAML's own")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/extension.xml", Violated: "fixture:requests/extension-unqualified.xml"},
}
