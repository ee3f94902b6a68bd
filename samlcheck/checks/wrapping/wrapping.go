// Package wrapping asks whether a service provider reads what it verified:
// what was signed stays in the message, whole and valid, and a forged part
// stands where a careless reader looks. XSW1 to 8 are those of SAML Raider.
package wrapping

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	responseBeside,
	signedInsideForged,
	signatureOnForged,
	signedInsideSignature,
	forgedInExtensions,
	signedInObject,
	secondBadlySigned,
	signedInWrapper,
	signedInAdvice,
	signatureMoved,
	idTwice,
	idCase,
	idForeign,
	idPrefixed,
	signatureOnResponse,
	signatureTwice,
	roots,
}
