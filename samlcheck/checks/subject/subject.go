// Package subject asks what a service provider demands of the Subject: a name,
// and a confirmation that the bearer is meant, here and now. Everything is
// signed well, by the trusted key.
package subject

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	empty,
	missing,
	nameidEmpty,
	nameidMissing,
	nameidFormatEmpty,
	nameidFormatMissing,
	nameidFormatOther,
	nameQualifierEmpty,
	confirmationEmpty,
	confirmationMissing,
	methodEmpty,
	methodMissing,
	dataMissing,
	recipientEmpty,
	recipientMissing,
	inResponseToEmpty,
	inResponseToMissing,
	inResponseToOther,
	untilEmpty,
	untilMissing,
	untilMalformed,
	notBeforeFuture,
	recipientSlash,
	recipientScheme,
	recipientPort,
}
