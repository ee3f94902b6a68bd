// Package parser asks whether a service provider's parsers see one message in
// one text: names that are cut short, namespaces that are confused, document
// types. It sends nothing that costs more than a few megabytes, and addresses
// in a message are the harness's own.
package parser

import "example.com/samepage/samlcheck"

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	assertionNamespace,
	signatureNamespace,
	namespaceReserved,
	commentInAttribute,
	instructionInNameid,
	elementInNameid,
	sectionInNameid,
	entityInNameid,
	doctype,
	externalEntity,
	doctypeTwoReadings,
	signatureSplit,
	entityInId,
	entityExpansion,
	size,
	encoding,
}
