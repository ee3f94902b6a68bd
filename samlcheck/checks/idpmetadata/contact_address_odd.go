package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var contactAddressOdd = samlcheck.Check{
	ID:    "idpmetadata/contact-address-odd",
	Title: "Each e-mail address of a contact is a mailto: URI.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2.2")},
	Remedy: "Nothing has to be done for a login. Note the address down as it should be, and tell " +
		"whoever runs the identity provider.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.ContactsReachable(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/contact-address-odd.xml"},
}
