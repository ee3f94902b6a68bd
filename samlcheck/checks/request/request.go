// Package request judges the AuthnRequest that the service sent in the clean
// login. Nothing is sent for it: the login that every other check stands on is
// read again. A login that begins at the identity provider has no request, and
// then no question arises.
package request

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	unreadable,
	schemaKept,
	idMalformed,
	idReused,
	idGuessable,
	versionOdd,
	issueInstantOdd,
	issueInstantFar,
	destinationForeign,
	destinationMissing,
	issuerMissing,
	issuerForeign,
	issuerFormatOdd,
	acsNotInMetadata,
	acsUrlAndIndex,
	acsPlain,
	protocolBindingOdd,
	nameidPolicyRefused,
	nameidFormatUnlisted,
	nameidFormatDemanded,
	allowCreateMissing,
	authnContextDemanded,
	comparisonOdd,
	comparisonNotExact,
	forceAndPassive,
	subjectConfirmed,
	conditionsOdd,
	refusedByEntra,
	idpListOdd,
	extensionUnqualified,
	unsigned,
	signedUnannounced,
	consentUnsigned,
	signatureBroken,
	signatureSha1,
	queryOrderOdd,
	notDeflated,
	addressLong,
	relayStateMissing,
	relayStateLong,
	relayStateAddress,
	textLong,
	attributeNewline,
}
