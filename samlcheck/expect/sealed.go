package expect

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// sealedGood begins the name of the control of the encrypted forgeries.
const sealedGood = "sealed-"

// longestWord is how long a word of an answer may be that is compared.
const longestWord = 15

// Sealed makes the trials of encrypted forgeries, beside a good encrypted
// response: where that is refused, a forged one proves nothing. The
// identity provider signs for as, and the forged part names the known member.
// kind names the control, whose good response may be encrypted in several ways.
func Sealed(as trial.Person, kind string, good forge.Mutation, variants ...[]forge.Mutation) []trial.Trial {
	login := func(name string, as trial.Person, m []forge.Mutation) trial.Trial {
		do := trial.Login{As: as, Options: "assertion", Forge: m}
		if as != trial.Known {
			do.Carry = trial.Known
		}
		return attempt(name, Shape("assertion").Name, do)
	}
	control := login(sealedGood+kind, trial.Known, []forge.Mutation{good})
	control.Role = trial.Control
	ts := append(trial.With(Own(), Shape("assertion")), control)
	for n, v := range variants {
		t := login("spoilt-assertion-"+string(rune('1'+n)), as, v)
		t.Only = sealedGood + kind
		ts = append(ts, t)
	}
	return ts
}

// needsSealed asks judge only where a good encrypted response is taken.
func needsSealed(judge func(*samlcheck.Case) samlcheck.Verdict) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		if v, bad := shapeRefused(c, Shape("assertion").Name); bad {
			return v
		}
		for name, run := range c.Runs {
			if !strings.HasPrefix(name, sealedGood) {
				continue
			}
			if strings.Contains(run.Last().Fault, "no certificate to encrypt for") {
				return samlcheck.NotApplicable("not applicable: the service provider's metadata has no certificate to encrypt for")
			}
			if v, bad := shapeRefused(c, name); bad {
				return v
			}
		}
		return judge(c)
	}
}

// NoWayInSealed is NoWayIn for encrypted forgeries.
var NoWayInSealed = needsSealed(NoWayIn)

// RefusedSealed is RefusedInShapes for encrypted messages.
var RefusedSealed = needsSealed(RefusedInShapes)

// UnbrokenSealed wants an encrypted message to be refused by a service provider
// that does not break on it.
var UnbrokenSealed = needsSealed(Attempts(func(c *samlcheck.Case, name string) samlcheck.Verdict {
	l, why := spoilt(c, name)
	if why != "" {
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	}
	if l.Crashed {
		return samlcheck.Violated("the service provider broke on it%s", l.broke()).At(l.ref)
	}
	return refusal(c, l, "the response ("+strings.Join(l.step.Sent.Changed, ", ")+")")
}))

// NoOracle compares how a service provider answers two broken ciphertexts: one
// that does not decrypt to well-formed padding (the first variant), and one
// that does, to nonsense (the second). Who can tell them apart can decrypt.
var NoOracle = needsSealed(func(c *samlcheck.Case) samlcheck.Verdict {
	padding, why := spoilt(c, "spoilt-assertion-1")
	if why != "" {
		return samlcheck.Undecided("%s", why).At(padding.refs()...)
	}
	content, why := spoilt(c, "spoilt-assertion-2")
	if why != "" {
		return samlcheck.Undecided("%s", why).At(content.refs()...)
	}
	a, b := answerOf(padding.step), answerOf(content.step)
	if a == b {
		return samlcheck.Holds("broken padding and broken content are answered alike").At(padding.ref, content.ref)
	}
	return samlcheck.Violated("broken padding and broken content are answered differently (%q, %q)", a, b).At(padding.ref, content.ref)
})

// answerOf is what the ACS answered: the status and the visible words. Numbers,
// and whatever is too long for a word, may change from answer to answer: times
// and the identifiers of errors say nothing.
func answerOf(s transcript.Step) string {
	for _, h := range s.Login {
		if h.AtIdP || h.Method != "POST" {
			continue
		}
		words := strings.Join(slices.DeleteFunc(strings.Fields(strings.Join(h.Blocks, " ")), func(w string) bool {
			return len(w) > longestWord || strings.ContainsAny(w, "0123456789~")
		}), " ")
		if len(words) > 120 {
			words = words[:120]
		}
		return strings.TrimSpace(h.Title + " " + words + " " + string(rune('0'+h.Status/100)) + "xx")
	}
	return ""
}
