package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var size = samlcheck.Check{
	ID:     "parser/size",
	Title:  "A message of four megabytes does not bring the service down.",
	Level:  samlcheck.Should,
	Reach:  samlcheck.Outsider,
	Cites:  []cite.Clause{cite.CVE.At("CVE-2025-25293"), cite.CVE.At("CVE-2025-54572"), cite.House.At("one-message-breaks-nothing")},
	Remedy: "Ask the vendor for a limit on the size of messages, before and after decompression.",
	Trials: expect.Heavy(expect.AnyShape, expect.Each(forge.Oversize(), forge.DeflateBomb())...),
	Judge:  expect.Unharmed,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:crash"},
}
