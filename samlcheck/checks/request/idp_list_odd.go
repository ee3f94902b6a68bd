package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var idpListOdd = samlcheck.Check{
	ID:    "request/idp-list-odd",
	Title: "A list of identity providers names each, and where the rest is.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.4.1.2")},
	Remedy: "Ask the vendor to leave Scoping out: Entra refuses a request with IDPList (AADSTS900236), " +
		"and nobody else needs it.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		var bad []transcript.Ref
		list := message.Child(r.Scoping, message.NSProtocol, "IDPList")
		if list == nil {
			return samlcheck.NotApplicable("the request lists no identity providers")
		}
		for _, e := range message.Children(list, message.NSProtocol, "IDPEntry") {
			if id, _ := message.Attr(e, "ProviderID"); id == "" {
				bad = append(bad, r.at(e, "IDPEntry"))
			}
		}
		if e := message.Child(list, message.NSProtocol, "GetComplete"); e != nil && !metadata.Absolute(message.Text(e)) {
			bad = append(bad, r.at(e, "GetComplete "+message.Text(e)))
		}
		return expect.None(bad, "every identity provider is named", "an entry without a name, or no address for the rest")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/idp-list.xml", Violated: "fixture:requests/idp-list-odd.xml"},
}
