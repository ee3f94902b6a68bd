// Package pairing asks whether a service provider and an identity provider fit
// together, from their metadata alone. What only a login can show is left to
// the other packages.
package pairing

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	entityidSame,
	requestsKeyMissing,
	requestsUnsigned,
	requestsSignedUnasked,
	requestKeyNotRsa,
	nameidNoOverlap,
	nameidUnavailable,
	bindingNoOverlap,
	acsAtIdp,
	algorithmNoOverlap,
	certificateShared,
	encryptionKeyNotRsa,
	sloOneSided,
	sloBindingNoOverlap,
}
