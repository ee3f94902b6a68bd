package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var entityExpansion = samlcheck.Check{
	ID:    "parser/entity-expansion",
	Title: "Entities that expand do not bring the service down.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2024-52806"), cite.House.At("one-message-breaks-nothing")},
	Remedy: "One message of a few hundred bytes costs the service megabytes, and more if it is made so. Ask the " +
		"vendor to have document types refused.",
	Trials: expect.Heavy(expect.AnyShape, expect.Each(forge.Expansion())...),
	Judge:  expect.Unharmed,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:crash"},
}
