package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/schema"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var schemaKept = samlcheck.Check{
	ID:    "request/schema",
	Title: "The request follows SAML's XML schema.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.4.1"), cite.House.At("schema")},
	Remedy: "Okta and Entra read leniently; a strict identity provider refuses the request. Send the " +
		"vendor the captured message and ask for a correction.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		var bad []transcript.Ref
		for _, f := range schema.Validate(r.Tree.Root) {
			bad = append(bad, r.at(f.Element, f.Problem))
		}
		return expect.None(bad, "the request follows SAML's schemas", "departures from SAML's schemas")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/schema.xml"},
}
