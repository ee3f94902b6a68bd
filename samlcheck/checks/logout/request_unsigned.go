package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var requestUnsigned = samlcheck.Check{
	ID:    "logout/request-unsigned",
	Title: "The LogoutRequest is signed by the key of the metadata.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.1"), cite.Bindings.At("3.4.4.1")},
	Remedy: "Okta refuses it (AuthnFailed) and the person stays signed in there. Ask the vendor to sign logout " +
		"requests, and upload its certificate as the Signature Certificate.",
	Trials: trial.With(here()),
	Judge: request(func(_ *samlcheck.Case, l left, _ *message.Tree) samlcheck.Verdict {
		switch said := l.out.Step.Logout.Signature; said {
		case transcript.SignatureGood:
			return samlcheck.Holds("the signature verifies with a key of the metadata")
		case transcript.SignatureOpen:
			return samlcheck.NotApplicable("not applicable: %s, so that nothing could be verified", said)
		case transcript.SignatureNone:
			return samlcheck.Violated("the LogoutRequest is not signed")
		default:
			return samlcheck.Violated("the signature of the LogoutRequest does not verify: %s", said)
		}
	}),
	Proof: samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:unsigned-request"},
}
