// Package statement asks what a service provider demands of the statements
// about a login and about a person's attributes. Everything is signed well, by
// the trusted key.
package statement

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	authnEmpty,
	authnMissing,
	contextEmpty,
	contextMissing,
	classEmpty,
	classUnexpected,
	classBelowAsked,
	sessionOver,
	attributesEmpty,
	attributeUnnamed,
	attributesMissing,
}
