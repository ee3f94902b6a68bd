package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var encoding = samlcheck.Check{
	ID:     "parser/encoding",
	Title:  "A message in another encoding does not break the service.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.House.At("one-message-breaks-nothing")},
	Remedy: "Ask the vendor to refuse what is not UTF-8 or UTF-16, instead of breaking on it.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.UTF16(true), forge.UTF16(false))...),
	Judge:  expect.Unharmed,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:crash"},
}
