// Package signature asks whether a service provider verifies what it reads.
//
// Everything here is what an outsider could send who has one genuine response
// of his own, or none, unless Reach says that it takes the trusted key. A
// verdict rests on who landed, never on a status: many sound libraries answer a
// forged message with success, for the person who was really signed for. And
// it speaks of the shapes that were sent, of no other.
package signature

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	unsigned,
	empty,
	foreignKey,
	foreignKeyKnownCertificate,
	contentChanged,
	valueFlipped,
	digestFlipped,
	keyInMessage,
	foreignKeyBesideKnown,
	innerForeignKey,
	keyedWithCertificate,
	algorithmUnknown,
	sha1,
	sha1Digest,
	md5,
	referenceEmpty,
	referenceXpointer,
	referenceUnresolved,
	referenceTwice,
	referenceNone,
	voidCanonicalForm,
	transformStylesheet,
	transformUnknown,
	transformComments,
	digestSmuggled,
	digestCommented,
	signedInfoTwice,
	wrappedResponse,
	wrappedFirst,
	secondAssertion,
	commentInNameid,
}
