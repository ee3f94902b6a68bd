package response

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var secondAssertionExpired = samlcheck.Check{
	ID:    "response/second-assertion-expired",
	Title: "An expired assertion beside a good one signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.Core.At("3.3.3"), cite.Core.At("2.5.1.2")},
	Remedy: "Ask the vendor to hold every rule against the very assertion that is used, or to refuse responses with several: " +
		"Okta and Entra never send two. Whoever collects old assertions could add one to a login of his own, if he can " +
		"get a response signed around both.",
	Trials: several(forge.VouchedLongAgo(time.Hour)),
	Judge:  expect.RefusedOrSigner(expect.Shape("assertion").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:several-assertions"},
}
