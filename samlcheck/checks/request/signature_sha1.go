package request

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var signatureSha1 = samlcheck.Check{
	ID:     "request/signature-sha1",
	Title:  "A signed request is signed with SHA-256 or better.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.NIST.At("9"), cite.Kantara.At("IIP-ALG02")},
	Remedy: "Ask the vendor for RSA-SHA256. Entra refuses RSA-SHA1 unless it is allowed for the app.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if !r.signed() {
			return samlcheck.NotApplicable("the request is not signed")
		}
		for _, alg := range r.algorithms() {
			if strings.HasSuffix(alg, "sha1") || strings.HasSuffix(alg, "md5") {
				return samlcheck.Violated("the request is signed with %s", expect.Excerpt(alg)).At(r.root(alg))
			}
		}
		return samlcheck.Holds("the request is signed with %s", expect.Excerpt(strings.Join(r.algorithms(), ", ")))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/signed.xml", Violated: "fixture:requests/signature-sha1.xml"},
}
