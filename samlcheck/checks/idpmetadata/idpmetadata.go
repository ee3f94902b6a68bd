// Package idpmetadata lints an identity provider's metadata, as a service
// provider will read it. Only the SAML role is looked at: the WS-Federation
// roles that Entra publishes beside it are nobody's business here.
package idpmetadata

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	entityidMissing,
	entityidSpace,
	protocolMissing,
	ssoMissing,
	ssoHttps,
	ssoRedirectMissing,
	ssoResponseLocation,
	signingKeyMissing,
	keyTwice,
	certificateBroken,
	certificatePem,
	certificateEnd,
	certificateEndsSoon,
	keyWeak,
	certificateSha1,
	validUntilPast,
	attributeNewline,
	requestsSignedWanted,
}
