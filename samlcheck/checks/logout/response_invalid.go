package logout

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var responseInvalid = samlcheck.Check{
	ID:    "logout/response-invalid",
	Title: "The service answers a LogoutRequest with a LogoutResponse that answers it.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.7.2"), cite.Core.At("3.2.2"), cite.Profiles.At("4.4.4.2")},
	Remedy: "The identity provider reports a failed logout although it was done. Ask the vendor to answer with " +
		"Success, to the ID of the request, in its own name and signed.",
	Reads:  samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Trials: trial.With(there()),
	Judge:  judgeAnswer,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:bad-response"},
}

func judgeAnswer(c *samlcheck.Case) samlcheck.Verdict {
	l, v, ok := read(c, there())
	switch {
	case !ok:
		return v
	case !l.after.Dead():
		return samlcheck.NotApplicable("not applicable: the LogoutRequest did not end the session").At(l.out.Ref)
	}
	t := l.heard("LogoutResponse")
	idp := expect.IdP(c)
	switch {
	case t == nil && len(idp.SLO(idp.Role)) == 0:
		return samlcheck.NotApplicable("not applicable: the identity provider's metadata names no place for the answer")
	case t == nil:
		return samlcheck.Violated("no LogoutResponse came").At(l.out.Ref)
	}
	if bad := l.wrong(c, t); len(bad) > 0 {
		return samlcheck.Violated("the LogoutResponse is not as it must be: %s", strings.Join(bad, "; ")).At(l.out.Ref)
	}
	return samlcheck.Holds("the LogoutResponse says Success, to this request, and is signed").At(l.out.Ref)
}

func (l left) wrong(c *samlcheck.Case, t *message.Tree) (bad []string) {
	if asked, err := message.ParseTree([]byte(l.out.Step.Logout.Sent.XML)); err == nil {
		id, _ := message.Attr(asked.Root, "ID")
		if to, _ := message.Attr(t.Root, "InResponseTo"); to != id {
			bad = append(bad, "InResponseTo is "+to+", the request was "+id)
		}
	}
	if v, _ := message.Attr(t.Root, "Version"); v != "2.0" {
		bad = append(bad, "the Version is "+v)
	}
	if by := message.Text(message.Child(t.Root, message.NSAssertion, "Issuer")); by != c.SP.EntityID() {
		bad = append(bad, "the Issuer is "+by)
	}
	code, _ := message.Attr(message.Child(message.Child(t.Root, message.NSProtocol, "Status"), message.NSProtocol, "StatusCode"), "Value")
	if code != "urn:oasis:names:tc:SAML:2.0:status:Success" {
		bad = append(bad, "the status is "+code)
	}
	if s := l.out.Step.Logout.Signature; s != transcript.SignatureGood && s != transcript.SignatureOpen {
		bad = append(bad, "the signature: "+s)
	}
	return bad
}
