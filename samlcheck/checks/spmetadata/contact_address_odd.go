package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var contactAddressOdd = samlcheck.Check{
	ID:    "spmetadata/contact-address-odd",
	Title: "Each e-mail address of a contact is a mailto: URI.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2.2")},
	Remedy: "Nothing has to be done for a login. Note the address down as it should be, and tell the " +
		"vendor.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.ContactsReachable(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/contact-address-odd.xml"},
}
