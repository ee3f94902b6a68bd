// Package aggregate judges what concerns a federation's document as a whole, or
// several of its entities at once. What concerns one entity is judged by the
// rules of spmetadata and idpmetadata, which one pass applies to all of them.
//
// It refuses to read the document: package samlcheck/aggregate has done so.
package aggregate

import (
	"fmt"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	entityidTwice,
	keyShared,
	validUntilMissing,
	signatureMissing,
	signatureBroken,
	signatureWeak,
}

// tally turns what was counted into a verdict.
func tally(id, holds, violated string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		if !c.Whole.Aggregate {
			return samlcheck.NotApplicable("the document is one entity, not an aggregate")
		}
		return Weigh(c.Whole.Offences[id], holds, violated)
	}
}

// Weigh is the verdict on one rule, with the first offences as evidence.
func Weigh(t aggregate.Tally, holds, violated string) samlcheck.Verdict {
	var refs []transcript.Ref
	for _, o := range t.First {
		refs = append(refs, transcript.Ref{In: "aggregate", Line: o.Line, Excerpt: o.Excerpt})
	}
	if t.Count > len(refs) {
		violated = fmt.Sprintf("%s, %d in all, of which these are the first", violated, t.Count)
	}
	return expect.None(refs, holds, violated)
}
