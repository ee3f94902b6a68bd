// Package conditions asks whether a service provider keeps to the conditions
// under which an assertion may be used: times, audiences, and those that it
// does not know. Everything is signed well, by the trusted key. The plain cases,
// expired and meant for somebody else, are asked in package response.
package conditions

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	empty,
	missing,
	notBeforeEmpty,
	notBeforeMalformed,
	untilEmpty,
	untilMalformed,
	notBeforeMissing,
	untilMissing,
	audienceRestrictionEmpty,
	audienceEmpty,
	secondAudience,
	unknown,
	audienceSlash,
	audienceCase,
}
