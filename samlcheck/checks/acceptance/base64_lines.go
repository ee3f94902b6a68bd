package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var base64Lines = samlcheck.Check{
	ID:     "acceptance/base64-lines",
	Title:  "Base64 with line ends is read.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Bindings.At("3.5.4")},
	Remedy: "Ask the vendor to read base64 as MIME defines it.",
	Trials: sent("base64-lines", trial.Login{Bring: trial.Wrapped}),
	Judge:  accepted("base64-lines"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-base64-lines"},
}
