package request

import (
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var attributeNewline = samlcheck.Check{
	ID:     "request/attribute-newline",
	Title:  "No attribute value of the request is broken over lines.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.House.At("attribute-newline")},
	Remedy: "Ask the vendor to correct it: a value that is compared as text does not match any more.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		var bad []transcript.Ref
		var walk func(*etree.Element)
		walk = func(e *etree.Element) {
			for _, a := range e.Attr {
				if a.Space == "" && strings.ContainsAny(a.Value, "\r\n") {
					bad = append(bad, r.at(e, a.Key))
				}
			}
			for _, k := range e.ChildElements() {
				walk(k)
			}
		}
		walk(r.Tree.Root)
		return expect.None(bad, "no attribute value is broken over lines", "these attributes have a line break inside their value")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/attribute-newline.xml"},
}
