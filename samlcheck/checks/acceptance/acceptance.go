// Package acceptance asks what a service provider takes: good responses, written
// as not every identity provider writes them.
//
// Every response here is honest, and signed by the known key. That one is refused
// says what not to choose in Okta or Entra, or what to ask the vendor for. The
// known member is signed for in each, so no account comes of it.
//
// It refuses to call a refusal a flaw of security: it is one of convenience.
package acceptance

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	fractionOfSecond,
	issuerFormat,
	nameFormat,
	valueType,
	authnClassOther,
	nameidPersistent,
	nameidEmail,
	nameidTransient,
	nameidUnspecified,
	confirmationSecond,
	confirmationLast,
	confirmationBare,
	addressOwn,
	addressOther,
	audienceFurther,
	audienceBefore,
	attributeUnknown,
	attributeNameOdd,
	valueEmpty,
	valueNested,
	valueMany,
	valueLong,
	valueWide,
	prefixesOther,
	whiteSpace,
	base64Lines,
	keyInfoMissing,
	rsaSha384,
	rsaSha512,
	relayStateUnasked,
	advice,
	extensions,
	oneTimeUse,
	proxyRestriction,
	sessionEnd,
	statementsSeveral,
	groupsMany,
	accountSwitch,
	encryptedAes128Gcm,
	encryptedAes256Gcm,
	encryptedAes256Cbc,
	oaepSha256,
	oaepMaskSha256,
	oaepAllSha256,
	encryptedNameid,
}

// basic is the NameFormat of plain attribute names.
const basic = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"

// sent is the known member's login in another form, beside the controls.
func sent(name string, do trial.Login) []trial.Trial {
	do.As = trial.Known
	return trial.With(trial.Trial{Name: name, Part: trial.Question, Steps: []trial.Step{{Name: "login", Do: do}}})
}

// sealed is the known member's login with an encrypted assertion. The response
// itself is not signed, because it would have to be signed after that.
func sealed(name string, s forge.Seal) []trial.Trial {
	return append(sent(name, trial.Login{Options: "assertion", Forge: []forge.Mutation{s.Sealed(name)}}), expect.Shape("assertion"))
}

func accepted(name string) func(*samlcheck.Case) samlcheck.Verdict { return expect.Accepted(name) }

// unsealed judges a login with an encrypted assertion.
func unsealed(name string) func(*samlcheck.Case) samlcheck.Verdict {
	return sealable(expect.AcceptedLike(expect.Shape("assertion").Name, name))
}

// sealable asks judge only where there is a certificate to encrypt for.
func sealable(judge func(*samlcheck.Case) samlcheck.Verdict) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		for _, run := range c.Runs {
			if strings.Contains(run.Last().Fault, "no certificate to encrypt for") {
				return samlcheck.NotApplicable("not applicable: the service provider's metadata has no certificate to encrypt for")
			}
		}
		return judge(c)
	}
}

// onThisMachine judges a login that names the person's own address, which only
// here is known to be the one that the service sees.
func onThisMachine(name string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		if s := c.Last(name).Sent; s == nil || !strings.Contains(s.URL, "//127.0.0.1") && !strings.Contains(s.URL, "//localhost") {
			return samlcheck.NotApplicable("not applicable: the address that the service sees is not known from here")
		}
		return expect.Accepted(name)(c)
	}
}

func twenty() []string {
	out := make([]string, 20)
	for i := range out {
		out[i] = fmt.Sprintf("project %d", i+1)
	}
	return out
}

// groups are more than Entra puts into an assertion (150).
func groups() []string {
	out := make([]string, 180)
	for i := range out {
		out[i] = fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
	}
	return out
}
