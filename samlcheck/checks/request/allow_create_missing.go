package request

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var allowCreateMissing = samlcheck.Check{
	ID:    "request/allow-create-missing",
	Title: "A request for a persistent NameID lets the identity provider make one.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.4.1.1"), cite.SAML2Int.At("SDP-SP04")},
	Remedy: "Nothing has to be done: Okta and Entra do not look at AllowCreate. A strict identity " +
		"provider refuses people who have no such identifier yet: ask the vendor for AllowCreate=\"true\".",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		p := r.NameIDPolicy
		switch {
		case p == nil || !strings.HasSuffix(p.Format, ":persistent"):
			return samlcheck.NotApplicable("the request asks for no persistent NameID")
		case p.AllowCreate == "true" || p.AllowCreate == "1":
			return samlcheck.Holds("AllowCreate is true")
		}
		return samlcheck.Violated("a persistent NameID is wanted, and none may be made for it").At(r.at(p.Element, "AllowCreate="+p.AllowCreate))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/persistent.xml", Violated: "fixture:requests/allow-create-missing.xml"},
}
