// Package checks is the catalogue.
package checks

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/acceptance"
	"example.com/samepage/samlcheck/checks/account"
	"example.com/samepage/samlcheck/checks/aggregate"
	"example.com/samepage/samlcheck/checks/assertion"
	"example.com/samepage/samlcheck/checks/conditions"
	"example.com/samepage/samlcheck/checks/encryption"
	"example.com/samepage/samlcheck/checks/idpmetadata"
	"example.com/samepage/samlcheck/checks/logout"
	"example.com/samepage/samlcheck/checks/measure"
	"example.com/samepage/samlcheck/checks/offboarding"
	"example.com/samepage/samlcheck/checks/pairing"
	"example.com/samepage/samlcheck/checks/parser"
	"example.com/samepage/samlcheck/checks/provisioning"
	"example.com/samepage/samlcheck/checks/request"
	"example.com/samepage/samlcheck/checks/response"
	"example.com/samepage/samlcheck/checks/session"
	"example.com/samepage/samlcheck/checks/signature"
	"example.com/samepage/samlcheck/checks/spmetadata"
	"example.com/samepage/samlcheck/checks/statement"
	"example.com/samepage/samlcheck/checks/status"
	"example.com/samepage/samlcheck/checks/subject"
	"example.com/samepage/samlcheck/checks/surface"
	"example.com/samepage/samlcheck/checks/wrapping"
)

// All returns the whole catalogue in report order. The experiment on accounts
// comes before the questions that forge, because its newcomers must be new.
func All() []samlcheck.Check {
	return slices.Concat(
		spmetadata.Checks,
		idpmetadata.Checks,
		aggregate.Checks,
		pairing.Checks,
		provisioning.Checks,
		account.Checks,
		request.Checks,
		acceptance.Checks,
		measure.Checks,
		response.Checks,
		status.Checks,
		assertion.Checks,
		subject.Checks,
		conditions.Checks,
		statement.Checks,
		signature.Checks,
		wrapping.Checks,
		parser.Checks,
		encryption.Checks,
		session.Checks,
		logout.Checks,
		offboarding.Checks,
		surface.Checks,
	)
}

// Digest tells one catalogue from another: SHA-256, shortened, over what every
// check asks and does.
func Digest() string {
	h := sha256.New()
	for _, c := range All() {
		fmt.Fprintf(h, "%s\n%s\n%s\n%v\n", c.ID, c.Title, c.Level, c.Cites)
		for _, t := range c.Trials {
			fmt.Fprintln(h, t.Key())
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
