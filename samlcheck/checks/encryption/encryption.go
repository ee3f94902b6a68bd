// Package encryption asks what a service provider takes for granted of an
// encrypted assertion. The lock is public: encryption says nothing about who
// wrote what is inside.
package encryption

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	unsignedInside,
	foreignRecipient,
	rsa15,
	gcmTag,
	cbcOracle,
}
