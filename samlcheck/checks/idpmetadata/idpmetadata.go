// Package idpmetadata lints an identity provider's metadata, as a service
// provider will read it. Only the SAML role is looked at: the WS-Federation
// roles that Entra publishes beside it are nobody's business here.
package idpmetadata

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	schema,
	entityidMissing,
	entityidSpace,
	entityidLong,
	roleTwice,
	protocolMissing,
	ssoMissing,
	ssoRedirectMissing,
	ssoHttps,
	ssoResponseLocation,
	endpointHttps,
	signingKeyMissing,
	requestsSignedWanted,
	keyMissing,
	keyTwice,
	certificateBroken,
	certificatePem,
	certificateSeveral,
	certificateComment,
	certificateEnd,
	certificateEndsSoon,
	keyWeak,
	keyExponentSmall,
	keyRoca,
	keyPublished,
	certificateSha1,
	algorithmWeak,
	algorithmMisplaced,
	validUntilPast,
	validityImplausible,
	signatureBroken,
	signatureWeak,
	attributeNewline,
	languageOdd,
	contactAddressOdd,
	extensionMisplaced,
	logoUnfit,
	namespaceUnknown,
}
