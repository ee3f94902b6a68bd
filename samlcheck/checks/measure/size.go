package measure

import (
	"fmt"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

const (
	size   = "size"
	length = "length"
	basic  = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"
)

// sizeRungs: a response that is so much larger by an attribute of many values,
// as the groups of a large company are.
func sizeRungs() []rung {
	var out []rung
	for _, kb := range []int{8, 16, 32, 64, 128, 256} {
		bulk := forge.BulkyAttribute("memberOf", basic, kb*2, 450) // half a KB each, about, with its element
		out = append(out, rung{kilobytes(kb), trial.Login{Forge: []forge.Mutation{bulk}}})
	}
	return out
}

var responseSize = samlcheck.Check{
	ID:    "measure/response-size",
	Title: "It is known how large a response may be.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("size")},
	Remedy: "Send only the groups that the service needs: filter them in Okta, or choose Groups assigned to the application in " +
		"Entra. A service that takes less than 16 KB cannot be used by people in many groups.",
	Trials: climb(size, sizeRungs()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		return number(c, size, "a response is taken that is larger than usual by", sizeRungs())
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-large-response"},
}

// lengthRungs: one value of so many characters.
func lengthRungs() []rung {
	var out []rung
	for _, n := range []int{64, 128, 255, 256, 512, 1024, 4096} {
		out = append(out, rung{fmt.Sprintf("%d characters", n), trial.Login{Forge: []forge.Mutation{forge.BulkyAttribute("department", basic, 1, n)}}})
	}
	return out
}

var valueLength = samlcheck.Check{
	ID:     "measure/value-length",
	Title:  "It is known how long a value may be.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-G02")},
	Remedy: "Shorten the value at the identity provider, or ask the vendor for 256 characters, which every attribute may have.",
	Trials: climb(length, lengthRungs()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		return number(c, length, "a value of an attribute is taken with", lengthRungs())
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-long-value"},
}
