// Package assertion asks what a service provider demands of an assertion
// itself: its ID, version, time and issuer. Everything is signed well, by the
// trusted key. What the assertion says of a person is asked in packages
// subject, conditions and statement.
package assertion

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	idEmpty,
	idMissing,
	versionForeign,
	issueInstantEmpty,
	issueInstantMissing,
	issueInstantMalformed,
	issueInstantOld,
	issueInstantFuture,
	issuerEmpty,
	issuerMissing,
	issuerFormatEmpty,
	issuerFormatForeign,
	issuerSlash,
	issuerCase,
}
