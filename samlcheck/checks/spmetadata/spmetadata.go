// Package spmetadata lints a service provider's own metadata: what an identity
// provider's administrator needs from it, and what trips Okta, Entra or a
// strict reader. It looks at nothing but the document and the given moment.
package spmetadata

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	entityidMissing,
	entityidNotUri,
	entityidLong,
	entityidSpace,
	protocolMissing,
	acsMissing,
	acsLocationMissing,
	acsPostMissing,
	acsHttps,
	acsRedirect,
	acsIndexMissing,
	acsIndexTwice,
	acsDefaultTwice,
	bindingUnknown,
	signingKeyMissing,
	assertionsSignedUnwanted,
	certificateBroken,
	certificatePem,
	certificateEnd,
	certificateEndsSoon,
	keyWeak,
	certificateSha1,
	encryptionKeyMissing,
	validUntilPast,
	attributeNewline,
	nameidFormatUnknown,
	sloHttps,
	organizationIncomplete,
	contactMissing,
}
