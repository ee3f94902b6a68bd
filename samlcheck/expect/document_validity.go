package expect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// ValidityPlausible wants dates and durations that a reader can live with: a
// cacheDuration of an hour to a year, and a validUntil within ten years.
func ValidityPlausible(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		for e := d.Role; e != nil; e = e.Parent() {
			if v, ok := message.Attr(e, "cacheDuration"); ok {
				n++
				if why := oddDuration(v); why != "" {
					bad = append(bad, d.At(e, fmt.Sprintf("cacheDuration %s %s", v, why)))
				}
			}
		}
		for _, v := range d.ValidUntil(d.Role) {
			n++
			if v.Err != nil {
				bad = append(bad, transcript.Ref{In: d.In, Line: v.Line, Excerpt: Excerpt("validUntil " + v.Text + " is no time")})
			} else if v.Time.After(c.Now.AddDate(10, 0, 0)) {
				bad = append(bad, transcript.Ref{In: d.In, Line: v.Line, Excerpt: Excerpt("validUntil " + v.Text + " is more than ten years away")})
			}
		}
		if n == 0 {
			return samlcheck.NotApplicable("there is neither validUntil nor cacheDuration")
		}
		return None(bad, "validUntil and cacheDuration are plausible", "these are not plausible")
	}
}

var isoDuration = regexp.MustCompile(`^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$`)

// oddDuration says what is odd about an xs:duration, "" where nothing is.
func oddDuration(v string) string {
	m := isoDuration.FindStringSubmatch(strings.TrimSpace(v))
	if m == nil || strings.Join(m[2:], "") == "" {
		return "is no duration"
	}
	if m[1] == "-" {
		return "is negative"
	}
	units := []float64{8766, 730.5, 24, 1, 1.0 / 60, 1.0 / 3600} // in hours
	hours := 0.0
	for i, u := range units {
		if n, err := strconv.ParseFloat(m[i+2], 64); err == nil {
			hours += n * u
		}
	}
	switch {
	case hours < 1:
		return "is less than an hour"
	case hours > 8784:
		return "is more than a year"
	}
	return ""
}

// SignatureIntact wants a signature of the metadata, where there is one, to
// verify. It is looked at with the keys that the document itself carries, so it
// says that nothing was changed since, and nothing about who signed.
func SignatureIntact(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		sig := message.ReadSignature(d.Root)
		if sig == nil {
			return samlcheck.NotApplicable("the document is not signed")
		}
		err := verifyEmbedded(d, sig)
		switch {
		case err == nil:
			return samlcheck.Holds("the signature verifies with the key inside: nothing was changed since. Who signed is for you to find out")
		case isBad(err) && d.Copy:
			return samlcheck.Undecided("names were replaced in this copy, so its signature cannot verify: run lint on the original")
		case isBad(err):
			return None([]transcript.Ref{d.At(sig.Element, "Signature")}, "", "the signature does not verify: the document was changed after it was signed")
		}
		return samlcheck.Undecided("the signature could not be verified: %v", err)
	}
}

// SignatureStrong wants a signature of the metadata to use SHA-256 or better.
func SignatureStrong(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		sig := message.ReadSignature(d.Root)
		if sig == nil {
			return samlcheck.NotApplicable("the document is not signed")
		}
		var bad []transcript.Ref
		for _, a := range []string{sig.SignatureAlgorithm, sig.DigestAlgorithm} {
			if WeakAlgorithm(a) {
				bad = append(bad, d.At(sig.Element, a))
			}
		}
		return None(bad, "the signature is made with "+Excerpt(sig.SignatureAlgorithm), "the signature is made with")
	}
}

// parentIs reports whether e is a child of ns:local.
func parentIs(e *etree.Element, ns, local string) bool { return message.Is(e.Parent(), ns, local) }
