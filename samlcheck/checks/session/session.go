// Package session asks what a service provider makes of a login once it has
// accepted it. It only looks: at the cookies of the good logins that every
// other check stands on.
package session

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	cookieFlags,
	startAstray,
	stateCookie,
}
