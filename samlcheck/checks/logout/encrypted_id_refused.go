package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var encryptedIDRefused = samlcheck.Check{
	ID:     "logout/encrypted-id-refused",
	Title:  "A LogoutRequest with an EncryptedID ends the session.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("3.7.1"), cite.Core.At("2.2.5")},
	Remedy: "Neither Okta nor Entra sends one, so nothing has to be done.",
	Trials: trial.With(there(), thereSealed()),
	Judge:  judgeSealed,
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:no-encrypted-id"},
}

func judgeSealed(c *samlcheck.Case) samlcheck.Verdict {
	good, v, ok := read(c, there())
	switch {
	case !ok:
		return v
	case !good.after.Dead():
		return samlcheck.NotApplicable("not applicable: a LogoutRequest with a NameID does not end the session either").At(good.out.Ref)
	}
	l, v, ok := read(c, thereSealed())
	switch {
	case !ok:
		return v
	case l.after.Dead():
		return samlcheck.Holds("the EncryptedID was read, and the session is over").At(l.out.Ref, l.after.Ref)
	case l.after.Alive():
		return samlcheck.Violated("the session is alive: the EncryptedID was not read").At(l.out.Ref, l.after.Ref)
	}
	return samlcheck.Undecided("after an EncryptedID, %s", l.after.Unclear()).At(l.after.Ref)
}
