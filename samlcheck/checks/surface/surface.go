// Package surface asks what a service provider offers to programs: SCIM, an
// API description, webhooks, limits. It is one probe, read by every check.
//
// The probe sends GET and OPTIONS only, as nobody, and follows nothing. What a
// place answers is compared with what a name in the same folder answers that
// nobody can have: a page that is everywhere is nowhere.
//
// It refuses to say that something does not exist. What was not found was not
// found at these places on this date; where everything asks for credentials,
// it cannot be told.
package surface

import "example.com/samepage/samlcheck"

// Checks, in report order.
var Checks = []samlcheck.Check{
	scim,
	scimOpen,
	apiDescription,
	webhooks,
	rateLimitHeaders,
}
