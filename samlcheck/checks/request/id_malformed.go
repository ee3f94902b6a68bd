package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var idMalformed = samlcheck.Check{
	ID:    "request/id-malformed",
	Title: "The request's ID is an XML name.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("1.3.4"), cite.EntraErrors.At("AADSTS7500529")},
	Remedy: "Ask the vendor to correct it. Entra refuses an ID that begins with a digit (AADSTS7500529); " +
		"most libraries put an underscore in front.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case r.ID == "":
			return samlcheck.Violated("the request has no ID").At(r.root("AuthnRequest"))
		case !isNCName(r.ID):
			return samlcheck.Violated("%q is not an XML name: it must begin with a letter or underscore and have no colon or space", expect.Excerpt(r.ID)).At(r.root(r.ID))
		}
		return samlcheck.Holds("the ID is %s", expect.Excerpt(r.ID))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/id-malformed.xml"},
}

// isNCName reports whether s may be an xs:ID. Letters beyond ASCII are taken
// as they come: no SP has been seen to use them wrongly.
func isNCName(s string) bool {
	for i, c := range s {
		letter := c == '_' || (c|0x20 >= 'a' && c|0x20 <= 'z') || c > 0x7f
		if !letter && (i == 0 || c != '-' && c != '.' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}
